"""The lists of the admin screen: who may do what, and which threshold is which."""

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.shown import PersonRow, SettingRow, TemplateRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone


def people_table(theme: Theme) -> tuple[TableView[PersonRow], RowsModel[PersonRow]]:
    """Name, role, rights, state."""
    columns: tuple[Column[PersonRow], ...] = (
        Column(
            tr("Name"),
            lambda row: f"{row.name}, {row.user}",
            lambda row: row.name,
            lambda row: two_lines(row.name, row.user + (tr(" (you)") if row.me else ""), bold=True),
            width=230,
            narrow=200,
        ),
        Column(
            tr("Role"),
            lambda row: f"{row.role}, {row.profession}",
            lambda row: row.role,
            lambda row: two_lines(row.role, row.profession),
            width=200,
            narrow=190,
        ),
        Column(tr("Rights beside those of the role"), lambda row: row.rights, width=200, stretch=True),
        Column(tr("Manages"), _keeps, lambda row: not row.manages, _keeper, width=110, narrow=100),
        Column(tr("Sign in"), _state, lambda row: not row.active, _may_sign_in, width=140, narrow=120),
    )
    rows: RowsModel[PersonRow] = RowsModel(columns, key=lambda row: row.user)
    return TableView(theme, rows, tr("People")), rows


def settings_table(theme: Theme) -> tuple[TableView[SettingRow], RowsModel[SettingRow]]:
    """What it is, its value, where it comes from, who confirmed it."""
    columns: tuple[Column[SettingRow], ...] = (
        Column(tr("Setting"), lambda row: row.label, lambda row: row.label, width=300, stretch=True),
        Column(tr("Value"), lambda row: row.value, None, _value, width=180, narrow=150),
        Column(tr("Source"), lambda row: row.source, lambda row: row.source, width=260, narrow=200),
        Column(tr("Confirmed"), _confirmed_words, lambda row: bool(row.confirmed), _confirmed, width=250, narrow=210),
    )
    rows: RowsModel[SettingRow] = RowsModel(columns, key=lambda row: row.name)
    return TableView(theme, rows, tr("Settings")), rows


def templates_table(theme: Theme) -> tuple[TableView[TemplateRow], RowsModel[TemplateRow]]:
    """Which letter, and which wording is in force since when."""
    columns: tuple[Column[TemplateRow], ...] = (
        Column(tr("Letter"), lambda row: row.letter, None, width=180, narrow=170),
        Column(
            tr("Wording in force"), lambda row: f"{row.state}, {row.loaded}", None, _wording, width=200, stretch=True
        ),
    )
    rows: RowsModel[TemplateRow] = RowsModel(columns, key=lambda row: row.kind)
    return TableView(theme, rows, tr("Letters and their wording")), rows


def _wording(row: TemplateRow) -> Cell:
    icon, tone = ("circle-check", Tone.GREEN) if row.own else ("", Tone.SUB)
    if row.broken:
        icon, tone = "triangle-alert", Tone.AMBER
    state = Span(row.state, icon=icon, icon_tone=tone)
    return Cell((state,), (Span(row.loaded, tone=Tone.SUB),)) if row.loaded else Cell((state,))


def _keeps(row: PersonRow) -> str:
    return tr("Yes") if row.manages else tr("No")


def _keeper(row: PersonRow) -> Cell:
    icon = "key-round" if row.manages else ""
    return Cell((Span(_keeps(row), icon=icon, icon_tone=Tone.BLUE),))


def _state(row: PersonRow) -> str:
    return tr("May sign in") if row.active else tr("May not")


def _may_sign_in(row: PersonRow) -> Cell:
    icon, tone = ("circle-check", Tone.GREEN) if row.active else ("ban", Tone.SUB)
    return Cell((Span(_state(row), icon=icon, icon_tone=tone),))


def _value(row: SettingRow) -> Cell:
    if not row.changed:
        return Cell((Span(row.value, bold=True),))
    return Cell((Span(row.value, bold=True),), (Span(tr("default {value}", value=row.default), tone=Tone.SUB),))


def _confirmed_words(row: SettingRow) -> str:
    return row.confirmed or (tr("The clinic's own") if row.own_list else tr("Check against the paper"))


def _confirmed(row: SettingRow) -> Cell:
    icon, tone = ("circle-check", Tone.GREEN) if row.confirmed else ("triangle-alert", Tone.AMBER)
    if row.own_list and not row.confirmed:
        icon, tone = "", Tone.SUB
    return Cell((Span(_confirmed_words(row), icon=icon, icon_tone=tone),))
