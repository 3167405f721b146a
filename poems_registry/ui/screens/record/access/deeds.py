"""What somebody did to a record, as a clinician would say it: *signed the visit of 14-Jul-2025*."""

from collections.abc import Iterable, Iterator, Mapping

from poems_registry.catalogue.item import lower_first
from poems_registry.domain.dates import show_date
from poems_registry.services.record_access import HIDDEN, Deed, Line
from poems_registry.ui.i18n import tr
from poems_registry.ui.visit_words import KIND_WORDS, called

THINGS: Mapping[str, str] = {
    "patient": "the details",
    "hospital_number": "a hospital number",
    "consent": "a consent",
    "encounter_version": "a version of a visit",
    "observation": "findings",
    "medicine": "the medicines",
    "action": "the actions",
    "treatment_line": "a line of treatment",
    "line_drug": "a drug",
    "radiotherapy": "radiotherapy",
    "transplant": "a transplant",
    "supportive_care": "supportive care",
    "event": "an event",
    "referral": "a referral",
    "onward_referral": "an onward referral",
    "mdt_entry": "an MDT entry",
    "advice_call": "a call for advice",
    "status_change": "the status",
    "enrolment": "a part in a study",
    "sample": "a research sample",
    "aliquot": "an aliquot",
    "print_item": "a place in a batch at a printer",
    "result_seen": "results",
    "joining": "a joined record",
    "joining_proposal": "a proposal to join this record and another",
}
"""What the row of a table is called in a sentence; visits and letters are named by day and number."""

_PLAIN: Mapping[str, str] = {
    "view": "opened {what}",
    "create": "added {what}",
    "record": "recorded {what}",
    "change": "changed {what}",
    "delete": "took out {what}",
    "error": "marked {what} as entered in error",
    "no_error": "took back that {what} was entered in error",
    "freeze": "kept {what} as it stands",
    "print": "printed {what}",
    "export": "saved {what} as a file",
}
"""An act on anything that has no words of its own for it."""

_OWN: Mapping[tuple[str, str], str] = {
    ("patient", "view"): "opened the record",
    ("patient", "create"): "added the patient",
    ("chart", "export"): "took out a chart of the record as a picture",
    ("export", "export"): "exported the record: {what}",
    ("audit", "view"): "looked at this list",
    ("consent", "create"): "recorded a consent",
    ("encounter", "view"): "opened the {what}",
    ("encounter", "create"): "began the {what}",
    ("encounter", "recorded"): "recorded the {what}",
    ("encounter", "record"): "recorded findings of the {what}",
    ("encounter", "sign"): "signed the {what}",
    ("encounter", "close"): "closed the {what}",
    ("encounter", "amend"): "began to amend the {what}",
    ("encounter", "amended"): "signed another version of the {what}",
    ("encounter", "discard"): "discarded the draft of the {what}",
    ("encounter", "paste"): "pasted results from a spreadsheet",
    ("observation", "change"): "changed findings of the {what}",
    ("observation", "delete"): "took out findings of the {what}",
    ("medicine", "change"): "changed the medicines of the {what}",
    ("action", "change"): "changed the actions of the {what}",
    ("result_seen", "view"): "looked at the {what}",
    ("result_seen", "create"): "saw the {what} first",
    ("letter", "create"): "began {what}",
    ("letter", "change"): "changed the words of {what}",
    ("letter", "ready"): "made {what} ready to be signed",
    ("letter", "sign"): "signed {what}",
    ("letter", "withdraw"): "withdrew {what}",
    ("letter", "dispatch"): "noted {what} as sent",
    ("letter", "supersede"): "replaced {what} by a newer version",
    ("letter_page", "freeze"): "kept the pages of {what}",
    ("letter_form", "freeze"): "made the plain words of {what}",
    ("letter_copy", "create"): "made out a copy of {what}",
    ("letter_copy", "change"): "changed a copy of {what}",
    ("letter_copy", "delete"): "took out a copy of {what}",
    ("letter_copy", "printed"): "noted a copy of {what} as printed",
    ("letter_copy", "given"): "noted a copy of {what} as given",
    ("letter_copy", "sent"): "noted a copy of {what} as sent",
    ("letter_copy", "withdraw"): "took back a copy of {what}",
    ("letter_copy", "hold"): "held back a copy of {what}",
    ("letter_copy", "release"): "let a copy of {what} go on",
    ("print_item", "create"): "put {what} into a batch at a printer",
    ("print_item", "change"): "went on with {what} at a printer",
    ("mdt_entry", "export"): "saved the list of an MDT meeting with this patient on it as a file",
    ("joining", "create"): "joined another record to this one",
    ("joining", "part"): "parted the records again",
    ("joining_proposal", "create"): "proposed to join this record and another",
    ("joining_proposal", "confirm"): "confirmed that two records are one person's",
    ("joining_proposal", "decline"): "declined to join two records",
    ("joining_proposal", "take_back"): "took back the proposal to join two records",
    ("joining_proposal", "lapse"): "ended the proposal to join two records",
    ("print_batch", "export"): "saved the list of a printed batch with this patient on it as a file",
    ("worklist", "print"): "printed a list of the day with this patient on it",
    (HIDDEN, "view"): "looked at something clinical",
    (HIDDEN, "change"): "changed the clinical record",
}
"""An act that is called otherwise where it is done to this."""

_FORMS: Mapping[str, str] = {"plain_words": "the plain words of {what}", "readable": "{what} for a screen reader"}

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the name", ("family_name", "given_name", "middle_names", "title", "suffix", "preferred_name", "salutation",
                  "previous_names")),
    ("the birth date", ("born", "age_years", "age_on")),
    ("the NHS number", ("nhs_number", "nhs_number_status", "no_number_reason")),
    ("the address", ("address", "postcode")),
    ("the phone number", ("phone",)),
    ("the email address", ("email",)),
    ("the GP practice", ("practice",)),
    ("the death", ("died", "death_source", "death_notifier", "cause_of_death")),
    ("the allergies", ("allergies", "allergy_state", "allergies_updated_on")),
    ("the diagnosis", ("clinician_diagnosis", "clinician_diagnosis_reason", "first_label", "diagnosed")),
    ("the status", ("status",)),
    ("the communication needs", ("language_need", "interpreter", "format_need", "support_need", "contact_by",
                                 "needs_checked_on", "print_size")),
    ("when the address was checked", ("address_checked_on",)),
)  # fmt: skip
"""What a change of the details is called, by the fields that it changed."""

_WITH_ANOTHER = (
    ("encounter_version", "freeze"), ("letter_page", "freeze"), ("letter_form", "freeze"), ("letter_copy", "create"),
    ("print_item", "create"), ("print_item", "change"), ("status_change", "create"),
)  # fmt: skip
"""What goes without saying where something else was done in the same act."""

_OF_A_WRITTEN_VISIT = (("encounter", "record"), ("observation", "change"), ("observation", "delete"),
                       ("medicine", "change"), ("action", "change"))  # fmt: skip
_WRITES_A_VISIT = ("sign", "close", "amended", "recorded", "create")


def phrases(line: Line) -> tuple[str, ...]:
    """What was done, the weightiest first, each said once; `3 times` where it was done so often."""
    counted: dict[str, int] = {}
    for deed in sorted(_worth_saying(line.deeds), key=_weight):
        words = _words(deed, line)
        counted[words] = counted.get(words, 0) + deed.times
    often = line.look or any(deed.act == "print" for deed in line.deeds)
    return tuple(_times(words, count) if often else words for words, count in counted.items())


def _worth_saying(deeds: Iterable[Deed]) -> Iterator[Deed]:
    known = tuple(deeds)
    written = {deed.thing_id for deed in known if deed.thing == "encounter" and deed.act in _WRITES_A_VISIT}
    rest = [deed for deed in known if not _in_a_written_visit(deed, written)]
    alone = [deed for deed in rest if (deed.thing, deed.act) not in _WITH_ANOTHER]
    yield from alone or rest


_WEIGHT = ("joining", "patient", "encounter", "letter")


def _weight(deed: Deed) -> int:
    """The record itself, its visits and letters before what hangs on them; the copies of a letter last."""
    if deed.thing in _WEIGHT:
        return _WEIGHT.index(deed.thing)
    return len(_WEIGHT) + (deed.thing == "letter_copy")


def _in_a_written_visit(deed: Deed, written: set[str]) -> bool:
    return (deed.thing, deed.act) in _OF_A_WRITTEN_VISIT and deed.thing_id in written


def _words(deed: Deed, line: Line) -> str:
    if deed.thing == "patient" and deed.act == "change":
        return _changed_details(line)
    what = _named(deed)
    form = _FORMS.get(str(deed.details.get("form", "")))
    if form is not None:
        what = tr(form, what=what)
    own = _OWN.get((deed.thing, deed.act))
    if own is not None:
        said = tr(own, what=what) if "{what}" in own else tr(own)
    else:
        said = tr(_PLAIN.get(deed.act, "did something with {what}"), what=what)
    return tr("{said} again", said=said) if deed.details.get("reprint") else said


def _named(deed: Deed) -> str:
    if deed.letter is not None:
        number = deed.letter.number or tr("without a number")
        if deed.letter.version > 1:
            return tr("letter {number}, version {version}", number=number, version=deed.letter.version)
        return tr("letter {number}", number=number)
    if deed.visit is not None:
        return tr(_kind(deed), day=show_date(deed.visit.on))
    if deed.thing == "export":
        return tr(deed.thing_id)
    return tr(THINGS.get(deed.thing, _UNNAMED.get(deed.thing, "something")))


_UNNAMED = {"encounter": "visit", "letter": "a letter", "letter_copy": "a letter"}


def _kind(deed: Deed) -> str:
    """*visit of*, *physiotherapy contact of*, *results of* with the day."""
    kind = deed.visit.kind if deed.visit is not None else None
    if kind is None:
        return "visit or contact of {day}"
    said = called(kind)
    return f"{said if said != 'record' else lower_first(KIND_WORDS[kind])} of {{day}}"


def _changed_details(line: Line) -> str:
    names = {change.name for change in line.changes if change.thing == "patient"}
    if names == {"joined_to"} or (not names and not line.withheld):
        return tr("changed the details")
    if names == {"address_checked_on"}:
        return tr("checked the address")
    said = [tr(words) for words, fields in _FIELDS[:-1] if names.intersection(fields)]
    known = {field for _, fields in _FIELDS for field in fields}
    if names - known or line.withheld or not said:
        said.append(tr("other details") if said else tr("the details"))
    return tr("changed {what}", what=listed(said))


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def _times(words: str, count: int) -> str:
    return words if count == 1 else tr("{words} ({count} times)", words=words, count=count)
