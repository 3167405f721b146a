"""Which clinical VEGF result a sample gave: of the same specimen or of none, for serum and plasma are no series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.dates import show_date
from poems_registry.domain.findings import State
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.samples import KIND_WORDS, ResultState, Sample
from poems_registry.domain.studies import Problems

VEGF = ("vegf_serum", "vegf_plasma")


@dataclass(frozen=True, slots=True)
class VegfResult:
    """One recorded VEGF of the record: where it stands, what it was measured in, and in words."""

    encounter_id: int
    item: str
    specimen: str
    on: date
    words: str


def vegf_results(file: PatientFile) -> tuple[VegfResult, ...]:
    """Every recorded VEGF, the newest first."""
    found = []
    for encounter in reversed(file.counted):
        for code in VEGF:
            finding = encounter.finding(code)
            if finding is not None and finding.state is State.RECORDED:
                item = CATALOGUE.item(code)
                words = f"{item.label} {on_screen(item, finding)}, {show_date(encounter.on)}"
                found.append(VegfResult(encounter.id, code, item.specimen, encounter.on, words))
    return tuple(found)


def result_of(sample: Sample, results: tuple[VegfResult, ...]) -> VegfResult | None:
    """The result a sample is linked to, if it is still in the record."""
    link = (sample.result_encounter_id, sample.result_item)
    return next((each for each in results if (each.encounter_id, each.item) == link), None)


def link_problems(sample: Sample, results: tuple[VegfResult, ...], panels: Mapping[int, Encounter]) -> Problems:
    """What is wrong with the result a sample names."""
    if sample.id in panels and not sample.for_research:
        return {"purpose": "research values are recorded of this sample: take them back first, with the reason"}
    if sample.for_research:
        return _research_problems(sample, panels)
    if sample.result is ResultState.RECORDED and not sample.result_encounter_id:
        return {"result_link": "choose the result it gave"}
    if not sample.result_encounter_id:
        return {}
    linked = result_of(sample, results)
    if linked is None:
        return {"result_link": "this result is not in the record any more: choose another one, or none"}
    if linked.specimen != sample.kind.value:
        return {
            "result_link": f"this VEGF was measured in {linked.specimen} and the sample is"
            f" {KIND_WORDS[sample.kind].lower() if sample.kind.value != 'csf' else 'CSF'}:"
            " serum, plasma and others are never one series. Nothing was linked"
        }
    return {}


def _research_problems(sample: Sample, panels: Mapping[int, Encounter]) -> Problems:
    panel = panels.get(sample.id)
    if sample.result_item or (sample.result_encounter_id and (panel is None or panel.id != sample.result_encounter_id)):
        return {"result_link": "a clinical result belongs to a sample that was taken for care"}
    if panel is not None and sample.result_encounter_id != panel.id:
        return {"result_link": "research values are recorded of this sample: take them back first, with the reason"}
    if sample.result is ResultState.RECORDED and panel is None:
        return {"result": "enter the values of this sample first: then it is recorded by itself"}
    if panel is not None and (sample.taken is None or sample.taken.day is None):
        return {"taken": "values are recorded of this sample: the whole day is needed"}
    return {}


def link_doubts(sample: Sample, before: Sample | None, results: tuple[VegfResult, ...]) -> tuple[str, ...]:
    """A result of another day than the sample's is asked once."""
    linked = result_of(sample, results)
    if linked is None or sample.taken is None or sample.for_research:
        return ()
    if before is not None and (before.result_encounter_id, before.taken) == (linked.encounter_id, sample.taken):
        return ()
    if sample.taken.earliest() <= linked.on <= sample.taken.latest():
        return ()
    return (f"The result is of {show_date(linked.on)}, the sample was taken {show_date(sample.taken)}.",)
