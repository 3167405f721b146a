"""The list of the day in words, from what the services found; knows neither Qt nor how it was found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.how_far import how_far
from poems_registry.domain.care import AdviceCall, OnwardReferral, Referral
from poems_registry.domain.care_words import SERVICES, URGENCIES, said
from poems_registry.domain.dates import ago, show_age, show_date, show_time
from poems_registry.domain.follow_up import FOLLOW_UP_WORDS
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import LetterState
from poems_registry.services.worklist import (
    CannotTell,
    DraftLeft,
    LetterWaits,
    MergeWaits,
    NotSeen,
    Overdue,
    Whose,
    Worklist,
    late_tests,
)
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.today.shown import Act, Group, GroupShown, Line
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.visit_words import called

LETTER_DAYS, LETTER_SOON = 7, 5
VISIT_TYPES = {
    "new": "First visit",
    "follow_up": "Follow-up visit",
    "mdt": "MDT",
    "ward": "Ward visit",
    "telephone": "Telephone visit",
    "video": "Video visit",
}
LETTER_WORDS = {
    "": "No letter yet",
    LetterState.DRAFT.value: "Letter not finished",
    LetterState.READY.value: "Letter ready to sign",
    LetterState.SIGNED.value: "Letter signed, not sent",
}
TESTS_TOLD = 2
DAYS_TOLD = 100


def told(found: Worklist, today: date, *, clinical: bool) -> tuple[GroupShown, ...]:
    """The groups that have something in them; `clinical` says whether visits and letters may be opened."""
    mine = tuple(_draft(each, today, mine=True) for each in found.mine)
    others = tuple(_draft(each, today, mine=False) for each in found.others)
    letters = tuple(_letter(each, today, clinical=clinical) for each in found.letters)
    results = tuple(_result(each, today) for each in found.results)
    overdue = tuple(_overdue(each, today) for each in found.overdue)
    undecided = tuple(_undecided(each, today) for each in found.undecided)
    referrals = tuple(_referral(*each, today) for each in found.referrals)
    calls = tuple(_call(*each, today) for each in found.calls)
    onward = tuple(_onward(*each, today) for each in found.onward)
    merges = tuple(_merge(each, today) for each in found.merges)
    groups = (
        GroupShown(Group.MINE, tr("Your drafts"), "file-pen-line", Tone.AMBER, mine, len(mine)),
        GroupShown(Group.REFERRALS, tr("Referrals to answer"), "mail", Tone.BLUE, referrals, len(referrals)),
        GroupShown(Group.CALLS, tr("To do after a call"), "phone", Tone.BLUE, calls, len(calls)),
        GroupShown(Group.MERGES, tr("Records to be joined"), "git-merge", Tone.BLUE, merges, len(merges)),
        GroupShown(Group.LETTERS, tr("Letters, 7 days"), "mail", Tone.BLUE, letters, len(letters)),
        GroupShown(Group.RESULTS, tr("Results not seen"), "flask-conical", Tone.RED, results, len(results)),
        GroupShown(Group.OVERDUE, tr("Overdue"), "calendar-clock", Tone.RED, overdue, found.overdue_total),
        GroupShown(
            Group.UNDECIDED, tr("Cannot tell yet"), "circle-question-mark", Tone.AMBER, undecided, found.undecided_total
        ),
        GroupShown(Group.ONWARD, tr("Referred on, not seen yet"), "send", Tone.SUB, onward, found.onward_total),
        GroupShown(Group.OTHERS, tr("Drafts of others"), "file-pen-line", Tone.SUB, others, len(others)),
    )
    return tuple(group for group in groups if group.lines)


def counted(found: Worklist) -> str:
    """'14 things wait'."""
    return tr_count("{count} thing waits", "{count} things wait", found.total)


def _who(whose: Whose, today: date) -> tuple[str, str, str]:
    born = tr("Birth date not known")
    if whose.born is not None:
        born = tr("Born {day}", day=show_date(whose.born))
        if whose.born.earliest() <= today:
            born += f" ({show_age(whose.born, today)})"
    return whose.name, born, show_nhs_number(whose.nhs_number) if whose.nhs_number else ""


def _draft(draft: DraftLeft, today: date, *, mine: bool) -> Line:
    what = tr(VISIT_TYPES.get(draft.visit_type, "Visit"))
    if draft.kind.is_contact:
        named = called(draft.kind)
        what = tr(named[:1].upper() + named[1:])
    if draft.amends:
        what = tr("Amendment")
    what = tr("{what} of {day}", what=what, day=show_date(draft.on))
    if mine and not draft.amends:
        far = how_far(draft.kind, draft.said, actions=draft.acts)
        what = tr("{what}, {begun} of {pages} sections", what=what, begun=far.begun, pages=far.pages)
    if not mine:
        what = tr("{what}, by {person}", what=what, person=draft.person)
        act = (Act.OPEN_RECORD, tr("Open record"), draft.whose.patient_id)
    else:
        act = (Act.CONTINUE, tr("Continue"), draft.encounter_id)
    return Line(*_who(draft.whose, today), what, _saved(draft.saved_at, today), *act, patient_id=draft.whose.patient_id)


def _saved(at: datetime, today: date) -> str:
    local = at.astimezone()
    if local.date() == today:
        return tr("saved {time} today", time=show_time(local))
    return tr("saved {day}, {ago}", day=show_date(local.date()), ago=ago(local.date(), today))


def _letter(letter: LetterWaits, today: date, *, clinical: bool) -> Line:
    if letter.amended_on is not None:
        return _outlived(letter, today, clinical=clinical)
    day = (today - letter.visit_on).days
    late, soon = day > LETTER_DAYS, day >= LETTER_SOON
    what = tr("{letter}, visit of {day}", letter=tr(LETTER_WORDS[letter.state]), day=show_date(letter.visit_on))
    if not clinical:
        act = (Act.OPEN_RECORD, tr("Open record"), letter.whose.patient_id)
    elif not letter.letter_id:
        act = (Act.WRITE_LETTER, tr("Write letter"), letter.encounter_id)
    else:
        words = tr("Send letter") if letter.state == LetterState.SIGNED else tr("Review letter")
        act = (Act.OPEN_LETTER, words, letter.letter_id)
    icon, tone = ("triangle-alert", Tone.RED) if late else ("clock", Tone.AMBER) if soon else ("", Tone.SUB)
    since = tr("day {day} of {all}", day=day, all=LETTER_DAYS)
    return Line(*_who(letter.whose, today), what, since, *act, icon, tone, patient_id=letter.whose.patient_id)


def _outlived(letter: LetterWaits, today: date, *, clinical: bool) -> Line:
    """Signed or sent, and then its visit was amended: what it says is not what the record says."""
    was = tr("Letter sent") if letter.state == LetterState.DISPATCHED else tr("Letter signed")
    what = tr("{was} before its visit of {day} was amended", was=was, day=show_date(letter.visit_on))
    act = (Act.OPEN_LETTER, tr("Amend letter"), letter.letter_id)
    if not clinical:
        act = (Act.OPEN_RECORD, tr("Open record"), letter.whose.patient_id)
    assert letter.amended_on is not None
    since = tr("amended {day}", day=show_date(letter.amended_on))
    return Line(
        *_who(letter.whose, today), what, since, *act, "triangle-alert", Tone.RED, patient_id=letter.whose.patient_id
    )


def _result(result: NotSeen, today: date) -> Line:
    alert = result.alert
    item = CATALOGUE.item(alert.item)
    what = tr("{test} {value}, above {level}", test=item.label, value=alert.value, level=alert.level)
    since = tr("{day}, {ago}", day=show_date(alert.on), ago=ago(alert.on, today))
    act = (Act.SEE_RESULTS, tr("See results"), result.whose.patient_id)
    return Line(
        *_who(result.whose, today), what, since, *act, "triangle-alert", Tone.RED, patient_id=result.whose.patient_id
    )


def _overdue(overdue: Overdue, today: date) -> Line:
    late = late_tests(overdue, today)
    first, due = late[0]
    what = tr("{test}, was due {day}", test=tr(FOLLOW_UP_WORDS[first]), day=show_date(due))
    if len(late) > 1:
        what += tr("; also {names}", names=_listed([tr(FOLLOW_UP_WORDS[test]) for test, _ in late[1:]]))
    since = _delay((today - due).days)
    act = (Act.OPEN_RECORD, tr("Open record"), overdue.whose.patient_id)
    return Line(
        *_who(overdue.whose, today), what, since, *act, "triangle-alert", Tone.RED, patient_id=overdue.whose.patient_id
    )


def _referral(whose: Whose, referral: Referral, today: date) -> Line:
    source = ", ".join(part for part in (referral.referrer, referral.organisation) if part)
    what = tr("From {source}", source=source)
    if referral.question:
        what = tr("{what}: {question}", what=what, question=referral.question)
    urgent = referral.urgency == "urgent"
    since = _waits(referral.on, today)
    if urgent:
        since = tr("{urgency}, {since}", urgency=tr(URGENCIES["urgent"]), since=since)
    act = (Act.OPEN_CARE, tr("Open referral"), whose.patient_id)
    line = Line(*_who(whose, today), what, since, *act, patient_id=whose.patient_id)
    return replace(line, icon="triangle-alert", tone=Tone.AMBER) if urgent else line


def _call(whose: Whose | None, call: AdviceCall, today: date) -> Line:
    if whose is None:
        return Line(
            tr("Patient not named"), tr("Asked by {name}", name=call.asked_by), "", call.follow_up,
            _waits(call.on, today), Act.OPEN_CLINIC, tr("Open calls"), 0,
        )  # fmt: skip
    act = (Act.OPEN_CARE, tr("Open record"), whose.patient_id)
    return Line(*_who(whose, today), call.follow_up, _waits(call.on, today), *act, patient_id=whose.patient_id)


def _merge(waits: MergeWaits, today: date) -> Line:
    proposal, other = waits.proposal, ", ".join(part for part in _who(waits.other, today) if part)
    what = tr("{person} proposes to join it with {other}", person=proposal.by, other=other)
    words = tr("Decide")
    if waits.mine:
        what = tr("You proposed to join it with {other}: somebody else has to confirm", other=other)
        words = tr("Look again")
    since = _waits(proposal.at.astimezone().date(), today)
    return Line(
        *_who(waits.staying, today),
        what,
        since,
        Act.OPEN_MERGE,
        words,
        proposal.id,
        patient_id=waits.staying.patient_id,
    )


def _onward(whose: Whose, referral: OnwardReferral, today: date) -> Line:
    what = tr(said(SERVICES, referral.service))
    if referral.state == "accepted":
        what = tr("{service}, accepted", service=what)
    act = (Act.OPEN_CARE, tr("Open record"), whose.patient_id)
    return Line(*_who(whose, today), what, _waits(referral.on, today), *act, patient_id=whose.patient_id)


def _waits(on: date | None, today: date) -> str:
    """'since 12-Oct-2026, 41d ago'."""
    return tr("since {day}, {ago}", day=show_date(on), ago=ago(on, today)) if on is not None else ""


def _delay(days: int) -> str:
    """'38 days overdue', '5 months overdue', '3 years overdue'."""
    if days < DAYS_TOLD:
        return tr_count("{count} day overdue", "{count} days overdue", days)
    if days < 2 * 365:
        return tr_count("{count} month overdue", "{count} months overdue", int(days / 30.44))
    return tr_count("{count} year overdue", "{count} years overdue", days // 365)


def _listed(names: Sequence[str]) -> str:
    """'VEGF, Bloods and 3 more'."""
    shown = ", ".join(names[:TESTS_TOLD])
    rest = len(names) - TESTS_TOLD
    return shown if rest <= 0 else tr("{names} and {count} more", names=shown, count=rest)


def _undecided(each: CannotTell, today: date) -> Line:
    since = tr("since {day}", day=show_date(each.last_visit))
    act = (Act.OPEN_RECORD, tr("Open record"), each.whose.patient_id)
    return Line(
        *_who(each.whose, today),
        each.hint or tr("Nothing alone would decide"),
        since,
        *act,
        patient_id=each.whose.patient_id,
    )
