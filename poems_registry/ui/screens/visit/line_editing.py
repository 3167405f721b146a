"""The medicines and the asked actions of a draft: add, change, take out, and put back what was taken out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.records import Action, ActionFor, Medicine, MedicineChange
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.lines import asks_nothing, is_blank, new_medicine
from poems_registry.ui.screens.visit.shown import ActionShown, MedicineShown


class Lines(Protocol):
    """What is needed of the view."""

    def show_medicines(self, lines: tuple[MedicineShown, ...], focus: int | None) -> None: ...
    def show_actions(self, lines: tuple[ActionShown, ...], focus: int | None) -> None: ...
    def show_medicine(self, place: int, line: MedicineShown) -> None: ...
    def offer_undo(self, words: str) -> None: ...


class LineEditing:
    """Works on the draft of the form that is open; places count from 0. A visit that is only read is left alone."""

    def __init__(self, form: Callable[[], VisitForm | None], view: Lines, edited: Callable[[], None]) -> None:
        self._open, self._view, self._edited = form, view, edited
        self._removed: tuple[int, Medicine | Action] | None = None

    @property
    def _draft(self) -> VisitDraft:
        form = self._open()
        return form.draft if form is not None else VisitDraft()

    @property
    def listed(self) -> tuple[Medicine, ...]:
        """The medicines as they stand."""
        return self._draft.medicines

    def show_all(self) -> None:
        """Both lists as they stand."""
        self._show_medicines(None)
        self._show_actions(None)

    def add_medicine(self) -> None:
        """One more line, started until it is said otherwise; at somebody's first list, taken already."""
        form = self._open()
        others = form.file.counted if form is not None else ()
        first = form is not None and not any(each.medicines for each in others if each.id != form.encounter.id)
        self._set_medicines((*self._draft.medicines, new_medicine(first=first)))
        self._show_medicines(len(self._draft.medicines) - 1)

    def type_medicine(self, place: int, part: str, text: str) -> None:
        """`part` is name, dose, route, why, when or supply. Another dose of a continued medicine is a change."""
        lines = list(self._draft.medicines)
        if not 0 <= place < len(lines):
            return
        changed = _with_part(lines[place], part, text)
        if part == "dose":
            changed = self._by_dose(lines[place], changed)
        lines[place] = changed
        self._set_medicines(tuple(lines))
        self._view.show_medicine(place, medicine_shown(changed))

    def choose_change(self, place: int, code: str) -> None:
        """Continued, started, changed or stopped."""
        lines = list(self._draft.medicines)
        if 0 <= place < len(lines) and code:
            lines[place] = replace(lines[place], change=MedicineChange(code))
            self._set_medicines(tuple(lines))
            self._view.show_medicine(place, medicine_shown(lines[place]))

    def remove_medicine(self, place: int) -> None:
        """Take a line out of the list; a medicine that was stopped is better said to be stopped."""
        lines = list(self._draft.medicines)
        if 0 <= place < len(lines):
            gone = lines.pop(place)
            self._removed = (place, gone)
            self._set_medicines(tuple(lines))
            self._show_medicines(min(place, len(lines) - 1) if lines else None)
            self._offer(gone.name or tr("an empty line"))

    def add_action(self, group: str) -> None:
        """One more action for the GP, the patient or the hospital; each group stays together."""
        lines = [*self._draft.actions, Action(ActionFor(group), "")]
        order = list(ActionFor)
        lines.sort(key=lambda action: order.index(action.group))
        last = max(place for place, action in enumerate(lines) if action.group == group)
        self._set_actions(tuple(lines))
        self._show_actions(last)

    def type_action(self, place: int, part: str, text: str) -> None:
        """`part` is what, who or by_when."""
        lines = list(self._draft.actions)
        if 0 <= place < len(lines):
            lines[place] = _with_word(lines[place], part, text)
            self._set_actions(tuple(lines))

    def remove_action(self, place: int) -> None:
        """Take an action out."""
        lines = list(self._draft.actions)
        if 0 <= place < len(lines):
            gone = lines.pop(place)
            self._removed = (place, gone)
            self._set_actions(tuple(lines))
            self._show_actions(min(place, len(lines) - 1) if lines else None)
            self._offer(gone.what or tr("an empty line"))

    def undo(self) -> None:
        """Put back what was taken out last, where it stood."""
        if self._removed is None:
            return
        place, gone = self._removed
        self._removed = None
        if isinstance(gone, Medicine):
            medicines = list(self._draft.medicines)
            medicines.insert(place, gone)
            self._set_medicines(tuple(medicines))
            self._show_medicines(place)
        else:
            actions = list(self._draft.actions)
            actions.insert(place, gone)
            self._set_actions(tuple(actions))
            self._show_actions(place)

    def _by_dose(self, before: Medicine, after: Medicine) -> Medicine:
        """A continued medicine at another dose is changed; at its old dose again, continued."""
        form = self._open()
        listed = form.carried if form is not None else ()
        carried = {m.name: m for m in listed if m.change is MedicineChange.CONTINUED}.get(after.name)
        if carried is None:
            return after
        if before.change is MedicineChange.CONTINUED and after.dose.strip() != carried.dose.strip():
            return replace(after, change=MedicineChange.CHANGED)
        if before.change is MedicineChange.CHANGED and after.dose.strip() == carried.dose.strip() and not after.why:
            return replace(after, change=MedicineChange.CONTINUED)
        return after

    def _change(self, draft: VisitDraft) -> None:
        form = self._open()
        if form is not None and not form.read_only:
            form.draft = draft
            self._edited()

    def _set_medicines(self, lines: tuple[Medicine, ...]) -> None:
        self._change(replace(self._draft, medicines=lines))

    def _set_actions(self, lines: tuple[Action, ...]) -> None:
        self._change(replace(self._draft, actions=lines))

    def _show_medicines(self, focus: int | None) -> None:
        self._view.show_medicines(tuple(medicine_shown(m) for m in self._draft.medicines), focus)

    def _show_actions(self, focus: int | None) -> None:
        self._view.show_actions(tuple(action_shown(a) for a in self._draft.actions), focus)

    def _offer(self, words: str) -> None:
        self._view.offer_undo(tr("Removed: {what}", what=words))


def medicine_shown(medicine: Medicine) -> MedicineShown:
    """One line as typed."""
    return MedicineShown(
        name=medicine.name,
        dose=medicine.dose,
        route=medicine.route,
        change=medicine.change.value,
        why=medicine.why,
        when=medicine.when,
        supply=medicine.supply,
        problem=tr("Type the name.") if not is_blank(medicine) and not medicine.name.strip() else "",
    )


def action_shown(action: Action) -> ActionShown:
    """One line as typed."""
    problem = tr("Say what to do.") if not asks_nothing(action) and not action.what.strip() else ""
    return ActionShown(action.group.value, action.what, action.who, action.by_when, problem)


def _with_part(medicine: Medicine, part: str, text: str) -> Medicine:
    match part:
        case "name":
            return replace(medicine, name=text)
        case "dose":
            return replace(medicine, dose=text)
        case "route":
            return replace(medicine, route=text)
        case "why":
            return replace(medicine, why=text)
        case "when":
            return replace(medicine, when=text)
        case "supply":
            return replace(medicine, supply=text)
    raise ValueError(f"not a part of a medicine: {part}")


def _with_word(action: Action, part: str, text: str) -> Action:
    match part:
        case "what":
            return replace(action, what=text)
        case "who":
            return replace(action, who=text)
        case "by_when":
            return replace(action, by_when=text)
    raise ValueError(f"not a part of an action: {part}")
