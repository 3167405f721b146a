"""The decisions of the patients list: what is asked for with each key, which columns and filters a role may see."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.patients import CLINICAL_FILTERS, Found, PatientFilter, PatientOrder, Sorting
from poems_registry.services.saved_filters import Chosen
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.patients.rows import CLINICAL_COLUMNS, ListRow, list_row
from poems_registry.ui.tasks import Tasks

LEAST, MOST = 10, 60
"""Rows fetched with a key: a screenful and one more, so that there is something to scroll to; between these."""

FURTHER = 200
"""Rows fetched when the list is scrolled to its end."""

FILTER_WORDS = {
    PatientFilter.OVERDUE: "Overdue",
    PatientFilter.ON_TREATMENT: "On treatment",
    PatientFilter.DRAFT_VISIT: "Draft visit",
    PatientFilter.UNSIGNED_LETTER: "Unsigned letter",
    PatientFilter.CANNOT_TELL: "Cannot tell",
    PatientFilter.DECEASED: "Deceased",
    PatientFilter.CONSENT_NOT_RECORDED: "Consent missing",
}
_ORDERS = {
    "name": PatientOrder.NAME,
    "diagnosis": PatientOrder.DIAGNOSIS,
    "treatment": PatientOrder.TREATMENT,
    "last_visit": PatientOrder.LAST_VISIT,
    "next_due": PatientOrder.NEXT_DUE,
    "vegf": PatientOrder.VEGF,
    "letter": PatientOrder.LETTER,
}


class Me(Protocol):
    """What matters here of the person who is signed in."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Finding(Protocol):
    """What the list needs of `PatientService`."""

    @property
    def signed_in(self) -> Me: ...
    def find(
        self,
        query: str = "",
        filters: Sequence[PatientFilter] = (),
        limit: int = ...,
        sorting: Sorting = ...,
        *,
        counted: bool = True,
    ) -> Found: ...
    def how_many(self, query: str = "", filters: Sequence[PatientFilter] = ()) -> int: ...
    def similar(self, query: str, filters: Sequence[PatientFilter] = (), limit: int = ...) -> Found: ...


class Navigator(Protocol):
    """Where one can go from here."""

    def patient(self, patient_id: int) -> None: ...
    def add_patient(self) -> None: ...
    def hold_keys(self) -> None: ...


class PatientsView(Protocol):
    """What the list can show."""

    def show_columns(self, hidden: frozenset[str], words: str) -> None: ...
    def offer_filters(self, filters: Sequence[tuple[str, str]]) -> None: ...
    def show_rows(self, rows: Sequence[ListRow], more: bool, bar_on_first: bool) -> None: ...
    def screenful(self) -> int: ...
    def add_rows(self, rows: Sequence[ListRow], more: bool) -> None: ...
    def show_counts(self, words: str, filters: Mapping[str, int]) -> None: ...
    def show_empty(self, kind: str, title: str, words: str) -> None: ...
    def allow_adding(self, allowed: bool) -> None: ...
    def clear_search(self) -> None: ...
    def show_chosen(self, query: str, filters: frozenset[str], column: str, *, descending: bool) -> None: ...
    def focus_search(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class PatientsPresenter:
    """One question at a time: what is typed while it is answered is asked next, and older answers are dropped."""

    def __init__(
        self, view: PatientsView, patients: Finding, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._patients, self._tasks, self._navigator = view, patients, tasks, navigator
        self._query = ""
        self._filters: frozenset[PatientFilter] = frozenset()
        self._sorting = Sorting()
        self._further = 0
        self._opened = self._visible = self._stale = False
        self._asked = 0
        self._under_way = self._enter_waits = False
        self._counts: Mapping[PatientFilter, int] = {}
        self._counted_on: date | None = None
        self._rows: tuple[int, ...] = ()
        self._asked_for: object = None
        self._known: dict[int, tuple[object, ListRow]] = {}
        self._unlisten = feed.listen(self._changed)

    def open(self) -> None:
        """Everyone, by name, with the search ready."""
        self._opened = self._visible = True
        may = self._patients.signed_in.may
        clinical = may(Permission.VIEW_CLINICAL)
        hidden = frozenset() if clinical else CLINICAL_COLUMNS
        words = "" if clinical else tr("Your role sees names, numbers, dates and letters; no clinical findings.")
        self._view.show_columns(hidden, words)
        offered = [each for each in PatientFilter if clinical or each not in CLINICAL_FILTERS]
        self._view.offer_filters([(each.value, tr(FILTER_WORDS[each])) for each in offered])
        self._view.allow_adding(may(Permission.EDIT_DEMOGRAPHICS) and not self._patients.signed_in.read_only)
        self._ask(recount=True)
        self._view.focus_search()

    def shown(self) -> None:
        """Back on this screen: the search has the focus, and what changed meanwhile is looked up."""
        self._visible = True
        if self._stale:
            self._ask(recount=True)
        self._view.focus_search()

    def leave(self) -> None:
        """Another screen comes."""
        self._visible = False

    def close(self) -> None:
        """The registry is locked."""
        self._asked += 1
        self._opened = self._visible = False
        self._unlisten()

    def typed(self, query: str) -> None:
        """A key in the search box."""
        self._query, self._further, self._enter_waits = query, 0, False
        self._ask(recount=not query.strip())

    def filtered(self, code: str, on: bool) -> None:
        """A filter switched on or off; several narrow together."""
        chosen = PatientFilter(code)
        self._filters = self._filters | {chosen} if on else self._filters - {chosen}
        self._further = 0
        self._ask(recount=True)

    def sort(self, column: str, descending: bool) -> None:
        """Another order."""
        if column in _ORDERS:
            self._sorting = Sorting(_ORDERS[column], descending)
            self._ask()

    def more(self) -> None:
        """The list was scrolled to its end."""
        self._further += FURTHER
        self._ask()

    def everyone(self) -> None:
        """Away with search and filters."""
        self._query, self._filters, self._further = "", frozenset(), 0
        self._view.clear_search()
        self._ask(recount=True)

    @property
    def chosen(self) -> Chosen:
        """What the list is set to."""
        return Chosen(self._query.strip(), self._filters, self._sorting)

    def choose(self, chosen: Chosen) -> None:
        """Set the list to this: a filter that was kept."""
        self._query, self._filters, self._sorting = chosen.query, chosen.filters, chosen.sorting
        self._further, self._enter_waits = 0, False
        column = next(code for code, order in _ORDERS.items() if order is chosen.sorting.by)
        codes = frozenset(each.value for each in chosen.filters)
        self._view.show_chosen(chosen.query, codes, column, descending=chosen.sorting.descending)
        self._ask(recount=True)

    def opened(self, patient_id: int) -> None:
        """Open a record."""
        self._navigator.patient(patient_id)

    def entered(self, patient_id: int) -> None:
        """Return in the search box, with the bar on this patient (0: on none).

        While the finds of the last key are still awaited the bar stands on somebody found by an older text, who may be
        another person: then only a single find is opened, when it is there (nhs.md hazard H01).
        """
        if self._under_way:
            self._enter_waits = True
            self._navigator.hold_keys()
        elif patient_id in self._rows:
            self.opened(patient_id)

    def add(self) -> None:
        """Add a patient."""
        signed_in = self._patients.signed_in
        if signed_in.may(Permission.EDIT_DEMOGRAPHICS) and not signed_in.read_only:
            self._navigator.add_patient()

    def _changed(self, _changed: Changed) -> None:
        self._stale = True
        if self._visible:
            self._ask(recount=True)

    def _ask(self, *, recount: bool = False) -> None:
        """What each filter would leave is counted anew when it may have changed, not with each key of a search."""
        if not self._opened:
            return
        if recount:
            self._counted_on = None
        self._asked += 1
        if not self._under_way:
            self._ask_now()

    def _ask_now(self) -> None:
        self._under_way, self._stale = True, False
        asked, query, sorting = self._asked, self._query, self._sorting
        limit = min(max(self._view.screenful() + 1, LEAST), MOST) + self._further
        filters = tuple(each for each in PatientFilter if each in self._filters)
        today = self._patients.signed_in.today
        counted = self._counted_on != today

        def answered(found: Found) -> None:
            if self._next(asked):
                self._view.say(None)
                if counted:
                    self._counts, self._counted_on = found.counts, today
                self._show(found, (query, filters, sorting), limit)
                self._open_single()
                if found.total is None:
                    self._count(found, query, filters)
                elif query.strip() and not found.rows:
                    self._look_for_similar(query, filters)

        def refused(error: RegistryError) -> None:
            if self._next(asked):
                self._view.say(message_for(error))

        self._tasks.run(lambda: self._patients.find(query, filters, limit, sorting, counted=counted), answered, refused)
        if self._enter_waits:  # whom Return meant is asked anew, and what is typed behind it waits on
            self._navigator.hold_keys()

    def _count(self, found: Found, query: str, filters: Sequence[PatientFilter]) -> None:
        """Of many patients the rows come first, then their number: unless somebody typed on meanwhile."""
        asked = self._asked

        def count() -> int | None:
            return self._patients.how_many(query, filters) if asked == self._asked else None

        def counted(total: int | None) -> None:
            if total is not None and asked == self._asked and self._opened:
                self._show_counts(replace(found, total=total))

        def refused(error: RegistryError) -> None:
            if asked == self._asked and self._opened:
                self._view.say(message_for(error))

        self._tasks.run(count, counted, refused)

    def _look_for_similar(self, query: str, filters: Sequence[PatientFilter]) -> None:
        """Nobody was found: whom one may have meant, unless somebody typed on. The bar stands on none of them."""
        asked = self._asked

        def found(like: Found) -> None:
            if like.rows and asked == self._asked and self._opened:
                rows = self._as_rows(like)
                words = tr_count("{count} of a similar name", "{count} of a similar name", len(rows))
                self._view.show_counts(f"{tr('Nobody found')}, {words}", self._chip_counts())
                self._view.show_rows(rows, more=False, bar_on_first=False)
                self._rows, self._asked_for = tuple(row.id for row in rows), None
                self._view.show_empty("", "", "")

        def refused(error: RegistryError) -> None:
            if asked == self._asked and self._opened:
                self._view.say(message_for(error))

        self._tasks.run(lambda: self._patients.similar(query, filters, MOST), found, refused)

    def _next(self, asked: int) -> bool:
        """Whether this answer is still wanted; if something else was asked meanwhile, ask that."""
        self._under_way = False
        if not self._opened or asked == self._asked:
            return self._opened
        self._ask_now()
        return False

    def _open_single(self) -> None:
        waited, self._enter_waits = self._enter_waits, False
        if waited and len(self._rows) == 1:
            self.opened(self._rows[0])

    def _show(self, found: Found, asked_for: object, limit: int) -> None:
        rows = self._as_rows(found)
        ids = tuple(row.id for row in rows)
        self._show_counts(found)
        more = found.total is None or found.total > limit
        before = len(self._rows)
        if before and asked_for == self._asked_for and before < len(ids) and ids[:before] == self._rows:
            self._view.add_rows(rows[before:], more)
        else:
            self._view.show_rows(rows, more, bar_on_first=bool(self._query.strip()))
        self._rows, self._asked_for = ids, asked_for
        if rows:
            self._view.show_empty("", "", "")
        elif not found.everyone:
            words = tr("Add the first patient, or import a list under Exchange.")
            self._view.show_empty("nobody", tr("No patients yet"), words)
        else:
            words = tr("Search by name, NHS number, hospital number or birth date, or take filters away.")
            self._view.show_empty("nothing", tr("Nobody found"), words)

    def _show_counts(self, found: Found) -> None:
        self._view.show_counts(_counted(found), self._chip_counts())

    def _chip_counts(self) -> dict[str, int]:
        return {each.value: number for each, number in self._counts.items()}

    def _as_rows(self, found: Found) -> list[ListRow]:
        """A row is made anew only when what it shows has changed: most keys find people that were shown before."""
        today = self._patients.signed_in.today
        rows = []
        for each in found.rows:
            made_of = (each, today, found.vegf_levels.get(each.vegf_specimen))
            known = self._known.get(each.id)
            if known is None or known[0] != made_of:
                known = self._known[each.id] = (made_of, list_row(each, today, found.vegf_levels))
            rows.append(known[1])
        return rows


def _counted(found: Found) -> str:
    """'148 patients, 12 shown'."""
    everyone = tr_count("{count} patient", "{count} patients", found.everyone)
    if found.total is None or found.total == found.everyone:
        return everyone
    return everyone + ", " + tr_count("{count} found", "{count} found", found.total)
