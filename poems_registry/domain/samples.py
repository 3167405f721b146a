"""Samples and their aliquots: what was taken, where it is, what became of it; and the label, which names nobody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.naming_nobody import why_it_names_somebody
from poems_registry.domain.records import Patient
from poems_registry.domain.studies import Around, Problems, Study, day_problem


class SampleKind(StrEnum):
    """What the sample is of. The value is stored; serum and plasma are never one series."""

    SERUM = "serum"
    PLASMA = "plasma"
    CSF = "csf"
    WHOLE_BLOOD = "whole_blood"
    OTHER = "other"


class Purpose(StrEnum):
    """What it was taken for."""

    CLINICAL_VEGF = "clinical_vegf"
    RESEARCH = "research"


class ResultState(StrEnum):
    """How far its result is: none is expected, awaited, in the record, or there will be none."""

    NONE = ""
    AWAITED = "awaited"
    RECORDED = "recorded"
    NO_RESULT = "no_result"


class Quality(StrEnum):
    """What is marked beside free words; the list is the one the clinic named, and nothing was added to it."""

    HAEMOLYSED = "haemolysed"
    DELAYED = "delayed"


class AfterWithdrawal(StrEnum):
    """What a person decided about a sample whose consent was taken back. Nothing is destroyed by itself."""

    UNDECIDED = ""
    KEEP = "keep"
    DISCARD = "discard"


class AliquotState(StrEnum):
    """Where an aliquot is."""

    STORED = "stored"
    USED = "used"
    SENT = "sent"
    DISCARDED = "discarded"


KIND_WORDS = {
    SampleKind.SERUM: "Serum",
    SampleKind.PLASMA: "Plasma",
    SampleKind.CSF: "CSF",
    SampleKind.WHOLE_BLOOD: "Whole blood",
    SampleKind.OTHER: "Other",
}
PURPOSE_WORDS = {Purpose.CLINICAL_VEGF: "Clinical VEGF", Purpose.RESEARCH: "Research"}
RESULT_WORDS = {
    ResultState.NONE: "None expected",
    ResultState.AWAITED: "Awaited",
    ResultState.RECORDED: "Recorded",
    ResultState.NO_RESULT: "No result",
}
QUALITY_WORDS = {Quality.HAEMOLYSED: "Haemolysed", Quality.DELAYED: "Delayed"}
AFTER_WORDS = {
    AfterWithdrawal.UNDECIDED: "Not decided yet",
    AfterWithdrawal.KEEP: "Kept, not to be used",
    AfterWithdrawal.DISCARD: "To be discarded",
}
STATE_WORDS = {
    AliquotState.STORED: "Stored",
    AliquotState.USED: "Used",
    AliquotState.SENT: "Sent",
    AliquotState.DISCARDED: "Discarded",
}
TAKING_OUT = (AliquotState.USED, AliquotState.SENT)
"""States by which somebody makes use of an aliquot."""

STEPS = ("taken", "sent", "received")
MOST_ALIQUOTS, MOST_ML, MOST_THAWS = 999, 1000.0, 99
"""Beyond these a number is a slip of the finger, not a count of tubes."""

_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9./-]{0,28}[A-Z0-9])?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample. Times are texts `14:05`, only beside a whole day. `result_item` is the test of the linked result.

    `kind_words` say what an *other* sample is of; `study_id` is 0 for none.
    """

    id: int = 0
    patient_id: int = 0
    number: str = ""
    kind: SampleKind = SampleKind.SERUM
    kind_words: str = ""
    purpose: Purpose = Purpose.RESEARCH
    study_id: int = 0
    assay: str = ""
    laboratory: str = ""
    taken: PartialDate | None = None
    taken_at: str = ""
    sent: PartialDate | None = None
    sent_at: str = ""
    received: PartialDate | None = None
    received_at: str = ""
    result: ResultState = ResultState.NONE
    result_encounter_id: int = 0
    result_item: str = ""
    quality: tuple[str, ...] = ()
    quality_note: str = ""
    after_withdrawal: AfterWithdrawal = AfterWithdrawal.UNDECIDED
    decision_note: str = ""
    note: str = ""
    version: int = 1

    @property
    def words(self) -> str:
        """What it is of."""
        return self.kind_words if self.kind is SampleKind.OTHER and self.kind_words else KIND_WORDS[self.kind]

    @property
    def for_research(self) -> bool:
        """Whether it may be kept only with consent."""
        return self.purpose is Purpose.RESEARCH

    @property
    def under_way(self) -> bool:
        """Sent, and not received yet."""
        return self.sent is not None and self.received is None and self.result is not ResultState.NO_RESULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliquot:
    """One tube of a sample: `volume` in mL, `place` the path to it in the freezer, `thaws` how often it was thawed."""

    id: int = 0
    patient_id: int = 0
    sample_id: int = 0
    number: int = 0
    volume: float | None = None
    place: str = ""
    state: AliquotState = AliquotState.STORED
    on: PartialDate | None = None
    why: str = ""
    thaws: int = 0
    note: str = ""
    version: int = 1


def tidy_number(text: str) -> str:
    """`s 00012` is `S00012`: one spelling for one tube."""
    return "".join(text.split()).upper()


def tidy_time(text: str) -> str:
    """`9:05`, `09.05` and `0905` are `09:05`; what is no time stays as it was typed."""
    match = _TIME.fullmatch(text.strip())
    return f"{int(match[1]):02}:{match[2]}" if match is not None else text.strip()


def number_problem(number: str, patient: Patient) -> str:
    """Why a number cannot stand on a tube, '' if it can."""
    if not _NUMBER.fullmatch(number):
        return "use letters and figures, and between them . / or -, 30 at most"
    return why_it_names_somebody(number, patient)


def sample_problems(sample: Sample, around: Around) -> Problems:
    """What is wrong with a sample, by field; its number and the link to a result are looked at where they are known."""
    problems: Problems = {}
    if sample.number:
        named = number_problem(sample.number, around.patient)
        problems |= {"number": named} if named else {}
    if sample.kind is SampleKind.OTHER and not sample.kind_words:
        problems["kind_words"] = "say what the sample is of"
    if sample.study_id and around.study(sample.study_id) is None:
        problems["study_id"] = "choose a study of the list"
    elif sample.study_id and not sample.for_research:
        problems["study_id"] = "a sample of a study is a research sample"
    if sample.result is ResultState.NO_RESULT and not (sample.note or sample.quality or sample.quality_note):
        problems["note"] = "say why there is no result"
    for each in sample.quality:
        if each not in set(Quality):
            problems["quality"] = "choose from the list"
    return problems | _step_problems(sample, around)


def _step_problems(sample: Sample, around: Around) -> Problems:
    """Each day by itself, then their order; what may be right by a partly known date is not refused."""
    problems: Problems = {}
    if sample.taken is None and sample.sent is None and sample.received is None:
        problems["taken"] = "say when it was taken, sent or received, as far as it is known"
    for step in STEPS:
        problems |= _step_problem(sample, step, around)
    for earlier, later in pairwise(STEPS):
        if not {earlier, later} & set(problems) and _before(sample, later, earlier):
            problems[later] = f"lies before it was {earlier}"
    if not {"taken", "received"} & set(problems) and _before(sample, "received", "taken"):
        problems["received"] = "lies before it was taken"
    return problems


def _step_problem(sample: Sample, step: str, around: Around) -> Problems:
    day, at = getattr(sample, step), getattr(sample, f"{step}_at")
    problems: Problems = {}
    if day is not None:
        why = day_problem(day, around.patient, around.today) if step == "taken" else _future(day, around)
        problems |= {step: why} if why else {}
    if at and not _TIME.fullmatch(at):
        problems[f"{step}_at"] = "is not a time of the day, such as 09:05"
    elif at and (day is None or day.day is None):
        problems[f"{step}_at"] = "a time needs the whole day beside it"
    return problems


def _future(day: PartialDate, around: Around) -> str:
    """What became of a sample may lie after its giver's death; never in the future."""
    return "lies in the future" if day.earliest() > around.today else ""


def _before(sample: Sample, later: str, earlier: str) -> bool:
    """Whether the later step surely lies before the earlier one."""
    then, now = getattr(sample, earlier), getattr(sample, later)
    if then is None or now is None:
        return False
    if then.day is not None and then == now:
        at, after = getattr(sample, f"{earlier}_at"), getattr(sample, f"{later}_at")
        return bool(at and after and tidy_time(after) < tidy_time(at))
    return bool(now.latest() < then.earliest())


def aliquot_problems(aliquot: Aliquot, sample: Sample, others: Sequence[Aliquot], around: Around) -> Problems:
    """What is wrong with an aliquot, by field."""
    problems: Problems = {}
    if not 1 <= aliquot.number <= MOST_ALIQUOTS:
        problems["number"] = f"is a number from 1 to {MOST_ALIQUOTS}"
    elif any(e.id != aliquot.id and e.sample_id == sample.id and e.number == aliquot.number for e in others):
        problems["number"] = "this sample has an aliquot of this number already"
    if aliquot.volume is not None and not 0 < aliquot.volume <= MOST_ML:
        problems["volume"] = f"is a volume above 0 and up to {MOST_ML:g} mL"
    if not 0 <= aliquot.thaws <= MOST_THAWS:
        problems["thaws"] = f"is a number from 0 to {MOST_THAWS}"
    named = why_it_names_somebody(aliquot.place, around.patient)
    problems |= {"place": named} if named else {}
    if aliquot.state is not AliquotState.STORED and not aliquot.why:
        problems["why"] = "say why, for what or to whom, in a few words"
    if aliquot.on is not None:
        problems |= _aliquot_day(aliquot.on, sample, around)
    return problems


def _aliquot_day(on: PartialDate, sample: Sample, around: Around) -> Problems:
    if on.earliest() > around.today:
        return {"on": "lies in the future"}
    if sample.taken is not None and on.latest() < sample.taken.earliest():
        return {"on": "lies before the sample was taken"}
    return {}


def next_aliquot(aliquots: Iterable[Aliquot], sample_id: int) -> int:
    """The number of a sample's next aliquot."""
    return max((each.number for each in aliquots if each.sample_id == sample_id), default=0) + 1


def label(sample: Sample, study: Study | None, participant: str, aliquot: Aliquot | None = None) -> str:
    """The words for a tube: the study and the number in it, the sample's number, what it is of; never whose it is."""
    own = f"{sample.number}/{aliquot.number}" if aliquot is not None else sample.number
    first = " ".join(part for part in (study.short_name if study is not None else "", participant) if part)
    return "\n".join(part for part in (first, own, KIND_WORDS[sample.kind]) if part)
