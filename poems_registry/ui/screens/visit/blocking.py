"""What stops a visit from being signed, in the order of the form, each with the place where it is put right."""

from collections.abc import Iterator

from poems_registry.catalogue.consistency import blocks_signing
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.lines import asks_nothing, is_blank
from poems_registry.ui.screens.visit.shown import Head, LinkShown
from poems_registry.ui.screens.visit.skin import SKIN_EXAMINED

MEDICINES, ACTIONS = "medicines", "actions"
"""Where a line without a name, or without what to do, is put right."""


def blocks(form: VisitForm) -> tuple[LinkShown, ...]:
    """One link for each field that stops signing; the service checks the same again."""
    found: dict[str, LinkShown] = {}
    for link in (*_head(form), *_unreadable(form), *_contradictions(form)):
        found.setdefault(link.code, link)
    places = {key: place for place, key in enumerate(form.rows)}
    heads = [str(head) for head in Head]

    def place(link: LinkShown) -> int:
        row = form.row_of.get(link.code)
        return -1 if link.code in heads else places[row.key] if row is not None else len(places)

    return (*sorted(found.values(), key=place), *_lines(form))


def _head(form: VisitForm) -> Iterator[LinkShown]:
    if form.on_problem:
        yield LinkShown(Head.ON, tr("Visit date"), form.on_problem)
    if form.time_problem:
        yield LinkShown(Head.TIME, tr("Time"), form.time_problem)


def _unreadable(form: VisitForm) -> Iterator[LinkShown]:
    for code, words in form.problems.items():
        if form.visible(code):
            yield LinkShown(code, form.item(code).label, words)


def _contradictions(form: VisitForm) -> Iterator[LinkShown]:
    for block in blocks_signing(form.catalogue, form.known(), form.around):
        label, colon, words = block.words.partition(": ")
        if colon:
            unanswered = block.item.endswith("_status") and block.item not in form.known()
            yield LinkShown(block.item, label, words, tr("status") if unanswered else "")
        else:
            yield LinkShown(block.item, form.item(block.item).label, block.words)
    if form.skin_contradiction:
        yield LinkShown(SKIN_EXAMINED, form.item(SKIN_EXAMINED).label, form.skin_contradiction)


def _lines(form: VisitForm) -> Iterator[LinkShown]:
    for number, medicine in enumerate(form.draft.medicines, 1):
        if not is_blank(medicine) and not medicine.name.strip():
            yield LinkShown(MEDICINES, tr("Medicines"), tr("line {number} has no name", number=number))
    for number, action in enumerate(form.draft.actions, 1):
        if not asks_nothing(action) and not action.what.strip():
            yield LinkShown(ACTIONS, tr("Actions"), tr("line {number} does not say what to do", number=number))
