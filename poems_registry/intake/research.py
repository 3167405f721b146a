"""Studies, samples and aliquots of a transfer file: what of them a registry cannot take, said before it is done."""

from collections.abc import Iterator, Sequence
from datetime import date

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.transfer_research import ResearchTold, SampleTold
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.person import Patient
from poems_registry.domain.proposals import Refused
from poems_registry.domain.samples import MOST_ALIQUOTS, MOST_ML, MOST_THAWS, STEPS, Aliquot, number_problem
from poems_registry.domain.studies import Study


def study_here(study: Study, here: Sequence[Study]) -> Study | None:
    """The study of this registry's list that bears one of its names. Refused if two of them do."""
    found = [each for each in here if each.names & study.names]
    if len(found) > 1:
        raise Refused("names a study by names that belong to different studies of this registry")
    return found[0] if found else None


def check(told: ResearchTold, studies: Sequence[Study], numbers: set[str], catalogue: Catalogue, today: date) -> None:
    """Refused, in words, for what cannot be; `numbers` are those of tubes already, here and above in the file.

    What the registry it comes from was asked about and kept (whose consent stands behind it) is not judged again.
    """
    for study in told.studies:
        study_here(study, studies)
    for own in _parts_by_study(told):
        if sum(goes_on for goes_on in own) > 1:
            raise Refused("holds two parts in one study that both go on")
    for each in told.parts:
        if each.part.joined is None or each.part.goes_on is not (each.part.ended is None):
            raise Refused("holds a part in a study without its beginning, or whose end does not fit its state")
    for sample in told.samples:
        _check_sample(sample, catalogue)
        if sample.sample.number in numbers:
            raise Refused("holds a sample whose number another sample bears already")
        numbers.add(sample.sample.number)
    if any(day.earliest() > today for day in _days(told)):
        raise Refused("holds a part in a study, a sample or an aliquot with a day in the future")


def _check_sample(told: SampleTold, catalogue: Catalogue) -> None:
    sample, tubes = told.sample, told.aliquots
    if not sample.number or number_problem(sample.number, Patient()):
        raise Refused("holds a sample without a number that can stand on a tube")
    if sample.result_item and sample.result_item not in catalogue.items:
        raise Refused("holds a sample whose test is not an item of this registry")
    if len({tube.number for tube in tubes}) != len(tubes) or not all(map(_is_tube, tubes)):
        raise Refused("holds aliquots with one number twice, or with a number, volume or count that cannot be")


def _is_tube(tube: Aliquot) -> bool:
    volume = tube.volume is None or 0 < tube.volume <= MOST_ML
    return volume and 1 <= tube.number <= MOST_ALIQUOTS and 0 <= tube.thaws <= MOST_THAWS


def _parts_by_study(told: ResearchTold) -> Iterator[list[bool]]:
    for study in told.studies:
        yield [each.part.goes_on for each in told.parts if each.study == study.short_name]


def _days(told: ResearchTold) -> Iterator[PartialDate]:
    """Every day that something was done on; when a study opens or closes is not the person's."""
    for part in told.parts:
        yield from filter(None, (part.part.joined, part.part.ended))
    for each in told.samples:
        yield from filter(None, (getattr(each.sample, step) for step in STEPS))
        yield from filter(None, (tube.on for tube in each.aliquots))
