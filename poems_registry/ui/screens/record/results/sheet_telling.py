"""Words for a sheet of results while it is typed: what a cell means, why it cannot be right, what is asked beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Choice, Number, show_number
from poems_registry.catalogue.results import FLAGS, TIMED, Said, is_test, number_and_unit, said_by, units_of
from poems_registry.catalogue.wording import high_or_low, on_screen
from poems_registry.domain.dates import ago, show_date, show_time
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import STATE_WORDS, Finding, State
from poems_registry.domain.possible_days import after_death, why_not
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.services.form_drafts import KeptForm
from poems_registry.services.results import day_of
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.record.results.sheet_shown import ColumnShown, FlagShown, InHand
from poems_registry.ui.screens.record.results.telling import interval

AFTER_DEATH = "The date lies after the patient died: take another day, or say why a result is dated after the death."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is typed, for whom, and what day it is; `late` says why a day after the death is right."""

    file: PatientFile
    today: date
    draft: VisitDraft
    late: str = ""

    @property
    def day(self) -> date | None:
        """The day of the sample, None while it cannot be read."""
        try:
            return day_of(self.draft.on, self.today)
        except ValueError:
            return None

    @property
    def day_problem(self) -> str:
        """Why the day cannot be right."""
        try:
            on = day_of(self.draft.on, self.today)
        except ValueError as error:
            return str(error)
        why = why_not(self.file.patient, on, self.today)
        if not self.asks_late:
            return tr("The date {why}.", why=tr(why)) if why else ""
        return tr(AFTER_DEATH) if self.lacks_reason else ""

    @property
    def asks_late(self) -> bool:
        """Whether the day lies after the person's death: such a result needs its reason (nhs.md 2.3)."""
        day = self.day
        return day is not None and day <= self.today and after_death(self.file.patient, day)

    @property
    def lacks_reason(self) -> bool:
        """Whether that reason is asked for and not said."""
        return self.asks_late and not self.late.strip()

    def field(self, code: str) -> FieldDraft:
        """One field as it stands."""
        return self.draft.fields.get(code, FieldDraft())

    def said(self, code: str) -> Said:
        """What one field means."""
        return said_by(CATALOGUE.item(code), self.field(code), self.day or self.today, self.file)

    @property
    def entered(self) -> tuple[str, ...]:
        """The tests that hold something."""
        return tuple(c for c, typed in self.draft.fields.items() if is_test(CATALOGUE.item(c)) and not typed.is_blank)

    def last(self, code: str) -> tuple[Encounter, Finding] | None:
        """The last result of the same test, and of the same assay where one is typed."""
        assay = self.field(code).assay.strip().casefold()
        for encounter in reversed(self.file.counted):
            found = encounter.finding(code)
            if found is None or found.state is not State.RECORDED:
                continue
            if found.limit_low is None and found.limit_high is None:
                continue
            if not assay or found.assay.casefold() == assay:
                return encounter, found
        return None


def field_shown(sheet: Sheet, code: str) -> FieldShown:
    """One field of the column being typed."""
    return typed_shown(CATALOGUE.item(code), sheet.field(code), sheet.said(code))


def typed_shown(item: Item, typed: FieldDraft, said: Said) -> FieldShown:
    """What is typed for one test, and how it is understood."""
    doubt = said.doubt if not typed.doubt_confirmed else ""
    told = meaning(item, said.finding) if typed.state is None else tr(STATE_WORDS[typed.state])
    return FieldShown(
        code=item.code,
        text=typed.text if typed.state is None else "",
        state=typed.state,
        state_words=tr(STATE_WORDS[typed.state]) if typed.state is not None else "",
        meaning=_meaning(item, typed, said, told),
        said=_said(typed, said.problem or doubt or told),
        mark=Mark.ERROR if said.problem else Mark.DOUBT if doubt else Mark.NONE,
        words=_sentence(said.problem or doubt),
        limit_low=typed.limit_low,
        limit_high=typed.limit_high,
        assay=typed.assay,
        sample_time=typed.sample_time,
        note=typed.note,
    )


def _meaning(item: Item, typed: FieldDraft, said: Said, told: str) -> str:
    """How it is understood; of a blank field what is asked, of a confirmed doubt that it was confirmed."""
    words = told or ("" if said.problem else _asked(item))
    if said.doubt and typed.doubt_confirmed:
        return tr("{told}; confirmed although {doubt}", told=words, doubt=said.doubt)
    return words


def _said(typed: FieldDraft, why: str) -> str:
    """All of a cell for a screen reader."""
    if typed.is_blank:
        return tr("nothing typed")
    if typed.state is not None:
        return tr(STATE_WORDS[typed.state])
    return f"{typed.text.strip()}; {why}" if why else typed.text


def meaning(item: Item, finding: Finding | None) -> str:
    """How a value was understood, told where that is more than what was typed."""
    if finding is None or finding.state is not State.RECORDED:
        return ""
    said = on_screen(item, finding)
    if finding.reported_unit and finding.reported_unit != item.unit:
        reported = f"{finding.reported} {finding.reported_unit}"
        said = tr("kept as {reported}, shown as {said}", reported=reported, said=said)
    elif finding.sign.value == "<":
        said = tr("{said}: kept as below, not as {value}", said=said, value=finding.reported)
    elif finding.sign.value == ">":
        said = tr("{said}: kept as above, not as {value}", said=said, value=finding.reported)
    mark = high_or_low(finding)
    return tr("{said}; {mark} by the limits given", said=said, mark=tr(mark)) if mark else said


def in_hand(sheet: Sheet, code: str) -> InHand:
    """The test one is at, with all that is asked beside it."""
    item, typed = CATALOGUE.item(code), sheet.field(code)
    numeric = isinstance(item.kind, Number)
    return InHand(
        field=field_shown(sheet, code),
        label=item.label,
        units=units_of(item),
        unit=number_and_unit(typed.text)[1] or (item.unit if numeric else ""),
        limits_offered=_offered(sheet, item) if numeric else "",
        timed=code in TIMED,
        flags=tuple(FlagShown(f, CATALOGUE.item(f).label, sheet.field(f).text) for f in FLAGS.get(code, ())),
    )


def entry(sheet: Sheet) -> ColumnShown:
    """The date over the column and what Save would do."""
    day, count = sheet.day, len(sheet.entered)
    head = (show_date(day), ago(day, sheet.today)) if day is not None else (sheet.draft.on or tr("no date"), "")
    save = tr_count("Save {count} result", "Save {count} results", count) if count else tr("Save results")
    late = sheet.late if sheet.asks_late else None
    return ColumnShown(sheet.draft.on, head, sheet.day_problem, save, bool(count), late)


def offered_limits(sheet: Sheet, code: str) -> FieldDraft | None:
    """The field with limits and assay of the last result taken over: an act of a person, never done silently."""
    last = sheet.last(code)
    if last is None:
        return None
    _, found = last
    typed = sheet.field(code)
    low, high = (("" if limit is None else f"{limit:.10g}") for limit in (found.limit_low, found.limit_high))
    return replace(typed, limit_low=low, limit_high=high, assay=typed.assay or found.assay)


def _offered(sheet: Sheet, item: Item) -> str:
    """The words of that act; none where the unit typed is another one than that of those limits."""
    last, typed = sheet.last(item.code), sheet.field(item.code)
    if last is None:
        return ""
    encounter, found = last
    unit = number_and_unit(typed.text)[1] or item.unit
    if unit.casefold() != (found.reported_unit or item.unit).casefold():
        return ""
    limits = interval(found.limit_low, found.limit_high)
    low, high = (("" if limit is None else f"{limit:.10g}") for limit in (found.limit_low, found.limit_high))
    if (typed.limit_low, typed.limit_high) == (low, high):
        return ""
    return tr("Same as {day}: {limits}", day=show_date(encounter.on), limits=limits)


def _asked(item: Item) -> str:
    kind = item.kind
    if isinstance(kind, Choice):
        return tr("One of: {words}. The beginning is enough.", words=", ".join(o.label for o in kind.options))
    if isinstance(kind, Number):
        low, high = (show_number(limit) for limit in kind.hard)
        return tr("{low} to {high} {unit}; < and > and other units may be typed", low=low, high=high, unit=kind.unit)
    return item.help


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words and not words.endswith(".") else words


def refused_words(problems: Mapping[str, str], sheet: Sheet) -> str:
    """One line for what stops a save: the tests by name."""
    names = [CATALOGUE.item(code).label for code in problems if code != "on"]
    if sheet.lacks_reason:  # beside the tests that are wrong
        names.append(tr("the reason for a result after the death"))
    elif sheet.day_problem or "on" in problems:
        names.append(tr("the date of the sample"))
    return tr("Look again at: {names}.", names=", ".join(names))


def known(code: str) -> bool:
    """Whether it is a test that stands in the grid."""
    return code in CATALOGUE.items and is_test(CATALOGUE.item(code))


def tests_called(wanted: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The tests whose name or code begins with some words, then those that hold them; each in the order given."""
    items = [CATALOGUE.item(code) for code in codes]
    starts = [i.code for i in items if i.label.casefold().startswith(wanted) or i.code.startswith(wanted)]
    holds = [i.code for i in items if any(wanted in words.casefold() for words in (i.label, i.code, i.plain))]
    return (*starts, *(code for code in holds if code not in starts))


def kept_words(kept: KeptForm, today: date) -> str:
    """What was left of a sheet: how much, of which day, when it was last kept; never what was typed."""
    draft = VisitDraft.from_json(kept.content)
    count = sum(not typed.is_blank and known(code) for code, typed in draft.fields.items())
    when = kept.saved_at.astimezone()
    day = "" if when.date() == today else f"{show_date(when.date())} "
    return tr(
        "{things} of {on} typed and not saved, last kept {when}.",
        things=tr_count("{count} result", "{count} results", count),
        on=draft.on or "?",
        when=f"{day}{show_time(when)}",
    )
