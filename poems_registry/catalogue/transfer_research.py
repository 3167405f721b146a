"""A patient's part in research as the transfer file tells it: studies by name, results by the uid of their encounter.

No id of a registry travels: a part and a sample name their study by its short name, a sample the encounter that holds
its result by its uid, and an aliquot stands within its sample. What was withdrawn as entered in error stays at home.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from poems_registry.catalogue.transfer_cells import BadCell, listed, plain, text_of
from poems_registry.domain.plain_records import to_plain
from poems_registry.domain.samples import Aliquot, ResultState, Sample
from poems_registry.domain.studies import Enrolment, Study

COLUMN = "patient_details"
_IDS = frozenset({"id", "patient_id", "study_id", "sample_id", "result_encounter_id", "version"})


@dataclass(frozen=True, slots=True)
class PersonResearch:
    """What a registry holds of one person, with its own ids; `studies` are those that the rest names."""

    studies: tuple[Study, ...] = ()
    parts: tuple[Enrolment, ...] = ()
    samples: tuple[Sample, ...] = ()
    aliquots: tuple[Aliquot, ...] = ()


@dataclass(frozen=True, slots=True)
class PartTold:
    """A part in a study, which is named by its short name."""

    part: Enrolment
    study: str


@dataclass(frozen=True, slots=True)
class SampleTold:
    """A sample with its aliquots; `study` and the `encounter` that holds its result are '' for none."""

    sample: Sample
    study: str
    encounter: str
    aliquots: tuple[Aliquot, ...]


@dataclass(frozen=True, slots=True)
class ResearchTold:
    """What the file tells of one person, without any id."""

    studies: tuple[Study, ...] = ()
    parts: tuple[PartTold, ...] = ()
    samples: tuple[SampleTold, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is told."""
        return not (self.studies or self.parts or self.samples)


def research_plain(research: PersonResearch, uids: Mapping[int, str]) -> dict[str, list[object]]:
    """In plain values, a name without entries left out; `uids`: of the encounters that are in the file, by id."""
    names = {each.id: each.short_name for each in research.studies}
    said: dict[str, list[object]] = {
        "studies": [to_plain(each, leave_out=_IDS) for each in research.studies],
        "parts": [to_plain(each, leave_out=_IDS) | {"study": names[each.study_id]} for each in research.parts],
        "samples": [_plain_sample(each, research, names, uids) for each in research.samples],
    }
    return {name: each for name, each in said.items() if each}


def _plain_sample(
    sample: Sample, research: PersonResearch, names: Mapping[int, str], uids: Mapping[int, str]
) -> dict[str, object]:
    """A result that is not in the file, since it is a draft still or was an error, is awaited where the file goes."""
    encounter = uids.get(sample.result_encounter_id, "")
    if sample.result is ResultState.RECORDED and not encounter:
        sample = replace(sample, result=ResultState.AWAITED, result_item="")
    own = [to_plain(each, leave_out=_IDS) for each in research.aliquots if each.sample_id == sample.id]
    links = {"study": names.get(sample.study_id, ""), "encounter": encounter, "aliquots": own}
    return {**to_plain(sample, leave_out=_IDS), **links}


def take_research(details: dict[str, object]) -> ResearchTold:
    """Take it out of the JSON of a patient, of which older files have none. BadCell for what cannot be right."""
    studies = tuple(plain(Study, each, COLUMN) for each in _records(details, "studies"))
    parts = tuple(_part(each) for each in _records(details, "parts"))
    told = ResearchTold(studies, parts, tuple(_sample(each) for each in _records(details, "samples")))
    known = [each.short_name for each in studies]
    if len(set(known)) != len(known) or "" in known:
        raise BadCell(COLUMN, "holds a study without a name, or twice")
    if not {each.study for each in told.parts} <= set(known):
        raise BadCell(COLUMN, "holds a part in a study that it does not tell")
    if not {each.study for each in told.samples} <= {*known, ""}:
        raise BadCell(COLUMN, "holds a sample of a study that it does not tell")
    return told


def _records(details: dict[str, object], name: str) -> Iterator[dict[str, object]]:
    for each in listed(details.pop(name, []), COLUMN):
        if not isinstance(each, dict):
            raise BadCell(COLUMN, f"holds something else than records under {name}")
        strange = _IDS.intersection(each)
        if strange:
            raise BadCell(COLUMN, f"holds an id of another registry under {name}")
        yield dict(each)


def _part(said: dict[str, object]) -> PartTold:
    study = text_of(said, "study", COLUMN)
    return PartTold(plain(Enrolment, said, COLUMN), study)


def _sample(said: dict[str, object]) -> SampleTold:
    study, encounter = text_of(said, "study", COLUMN), text_of(said, "encounter", COLUMN)
    aliquots = tuple(plain(Aliquot, each, COLUMN) for each in _records(said, "aliquots"))
    sample = plain(Sample, said, COLUMN)
    if (sample.result is ResultState.RECORDED) is not bool(encounter):
        raise BadCell(COLUMN, "holds a sample whose result and the encounter that holds it do not agree")
    return SampleTold(sample, study, encounter, aliquots)
