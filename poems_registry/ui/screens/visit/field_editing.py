"""What a person does with the fields of an open visit: each act changes the form and shows what it touched. No Qt."""

from collections.abc import Callable, Iterable

from poems_registry.domain.findings import State
from poems_registry.ui.field_shown import Detail
from poems_registry.ui.screens.visit import telling
from poems_registry.ui.screens.visit.field_telling import field_shown
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.ports import View
from poems_registry.ui.screens.visit.rows import Row
from poems_registry.ui.screens.visit.shown import Head


class FieldEditing:
    """The part of the visit's presenter that works on fields; a visit that is only read, or being signed, is left."""

    _view: View
    _form: VisitForm | None
    _signing: bool
    _edited: Callable[[], None]

    def typed(self, code: str, text: str) -> None:
        """A person typed or chose."""
        self._fields(lambda form: form.type(code, text))

    def said_state(self, code: str, state: State) -> None:
        """F6 to F9 or the menu: a reason instead of a value; said again, it is taken back."""
        self._fields(lambda form: form.say_state(code, state))

    def took_back(self, code: str) -> None:
        """Delete: the state goes, else the value."""
        self._fields(lambda form: form.take_back(code))

    def gave_cause(self, code: str, cause: str, words: str) -> None:
        """What a finding is taken to be caused by."""
        self._fields(lambda form: form.give_cause(code, cause, words))

    def gave_detail(self, code: str, detail: Detail, text: str) -> None:
        """Limits, assay, sample time, note or reason."""
        self._fields(lambda form: form.give_detail(code, detail, text))

    def confirmed_doubt(self, code: str) -> None:
        """The unusual value is right."""
        self._fields(lambda form: form.confirm_doubt(code))

    def unchanged(self, key: str) -> None:
        """Alt+U: last time's value again, as an act of today."""
        form = self._form
        if form is not None and key in form.rows and form.can_confirm(form.rows[key]):
            self._fields(lambda form: form.unchanged(form.rows[key]))

    def unchanged_section(self, code: str) -> None:
        """Alt+Shift+U: the same for every row of this section in which nothing was said yet."""
        form = self._form
        plan = next((plan for plan in form.plans if plan.code == code), None) if form is not None else None
        if plan is not None:
            self._fields(lambda form: form.unchanged_section(plan))

    def typed_head(self, head: Head, text: str) -> None:
        """Visit date, time, type or who saw the patient."""
        form = self._form
        if form is None or form.read_only:
            return
        form.type_head(head, text)
        self._view.show_head(telling.head_shown(form))
        if head is Head.ON:
            self._show_rows(form, form.rows.values())
        self._edited()

    def _fields(self, change: Callable[[VisitForm], set[str]]) -> None:
        """Make a change and show what it touched: fields, their rows, derived values and sections."""
        form = self._form
        if form is None or form.read_only or self._signing:
            return
        touched = change(form)
        if not touched:
            return
        for code in touched:
            if code in form.row_of:
                self._view.show_field(field_shown(form, code))
        derived = {f"derived:{d}" for code in touched for d in form.derived_from.get(code, ())}
        rows = {row.key for code in touched for row in form.rows_of.get(code, ())} | (derived & form.rows.keys())
        self._show_rows(form, [form.rows[key] for key in rows])
        for plan in form.plans:
            if any(row.key in rows for row in plan.rows):
                self._view.show_section(telling.section_shown(form, plan))
        self._edited()

    def _show_rows(self, form: VisitForm, rows: Iterable[Row]) -> None:
        for row in rows:
            self._view.show_row(telling.row_shown(form, row))
