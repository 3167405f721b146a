"""One patient's whole record, diagnosis, response and prognosis as plain values: what `show --json` prints."""

from dataclasses import dataclass, replace
from typing import Any

from poems_registry.catalogue.book import CATALOGUE, UnknownItem
from poems_registry.catalogue.wording import derived_words, on_screen
from poems_registry.domain.access import Permission
from poems_registry.domain.criteria import CRITERION_WORDS, CriterionResult, Judgement, suichi, verdict_words
from poems_registry.domain.errors import NotFound
from poems_registry.domain.findings import Finding
from poems_registry.domain.names import fold
from poems_registry.domain.plain_records import to_plain
from poems_registry.domain.prognosis import Prognosis
from poems_registry.domain.records import Encounter, EncounterKind, Patient, PatientFile
from poems_registry.domain.response import Response
from poems_registry.services.access import Service, needs
from poems_registry.services.clinic_settings import as_pairs
from poems_registry.services.judging import foretell_file, judge_file, respond_file
from poems_registry.services.patients import PatientService
from poems_registry.services.showing_response import plain_prognosis, plain_response
from poems_registry.storage import patients, search
from poems_registry.storage.unit_of_work import Session

_NOBODY = "No patient bears this number. Nothing was shown. Give the study, NHS or hospital number in full, or #ID."
_SEVERAL = "Several patients bear this number. Nothing was shown. Use the NHS number, or # and the id of one: {ids}."


@dataclass(frozen=True, slots=True)
class Shown:
    """A record that was looked at, with what the criteria say on it today."""

    file: PatientFile
    judgement: Judgement
    response: Response
    prognosis: Prognosis

    def plain(self) -> dict[str, Any]:
        """Dictionaries, lists and texts; names are stable, codes are those of the catalogue."""
        file, judgement = self.file, self.judgement
        return {
            "patient": to_plain(file.patient),
            "encounters": [_encounter(each) for each in file.encounters],
            "lines": to_plain(file.lines),
            "events": to_plain(file.events),
            "supportive": to_plain(file.supportive),
            "letters": to_plain(file.letters),
            "criteria": {criterion.value: _criterion(each) for criterion, each in judgement.criteria.items()},
            "verdict": judgement.rule_a.value,
            "verdict_words": verdict_words(judgement),
            "rule_b": judgement.rule_b.value,
            "rule_b_words": suichi(judgement),
            "deciding": [criterion.value for criterion in judgement.deciding],
            "flags": [{"kind": f.kind.value, "words": f.words, "on": to_plain(f.on)} for f in judgement.flags],
            "rule_set": judgement.rule_set,
            "response": plain_response(self.response),
            "prognosis": plain_prognosis(self.prognosis),
            "settings": dict(as_pairs(judgement.thresholds)),
        }


class ShowService(Service):
    """Look a patient up by a number and show everything."""

    @needs(Permission.VIEW_CLINICAL)
    def show(self, number: str) -> Shown:
        """By study, NHS or hospital number in full, or `#` and the id; a bare id where nobody bears it as a number.

        The view is audited before it is shown.

        NotFound if nobody, or more than one patient, bears the number.
        """
        with self.signed_in.store.reading() as session:
            patient_id = _one(session, number.strip(), self.signed_in)
        opened = PatientService(self.signed_in).open(patient_id)
        file, thresholds = without_research(opened.file), opened.thresholds
        response = respond_file(file, thresholds, on=self.signed_in.today)
        return Shown(file, judge_file(file, thresholds), response, foretell_file(file, response, thresholds))


def without_research(file: PatientFile) -> PatientFile:
    """The record of care alone: what was measured in research samples identifies nobody here and is told nowhere."""
    kept = (each for each in file.encounters if each.kind is not EncounterKind.RESEARCH)
    return replace(file, encounters=tuple(replace(e, findings=_of_care(e.findings)) for e in kept))


def _of_care(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    items = CATALOGUE.items
    return tuple(f for f in findings if f.item not in items or not items[f.item].research)


def _one(session: Session, number: str, signed_in: Any) -> int:
    if number.startswith("#") and number[1:].isdecimal():
        return patients.load(session, int(number[1:])).id
    bearing = [
        row.id
        for row in search.find(session, number, signed_in.today)
        if _bears(patients.load(session, row.id), number)
    ]
    if not bearing and number.isdecimal() and int(number) in patients.all_ids(session):
        return int(number)
    if not bearing:
        raise NotFound(_NOBODY)
    if len(bearing) > 1:
        raise NotFound(_SEVERAL.format(ids=", ".join(f"#{each}" for each in bearing)))
    return bearing[0]


def _bears(patient: Patient, number: str) -> bool:
    own = [patient.study_number, patient.nhs_number, *(each.value for each in patient.hospital_numbers)]
    return _bare(number) in {_bare(each) for each in own if each}


def _bare(number: str) -> str:
    return "".join(fold(number).split()).replace("-", "")


def _criterion(result: CriterionResult) -> dict[str, Any]:
    return {
        "name": CRITERION_WORDS[result.criterion],
        "verdict": result.verdict.value,
        "reasons": to_plain(result.reasons),
        "decided_by": list(result.decided_by),
    }


def _encounter(encounter: Encounter) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(encounter, leave_out=frozenset({"findings"}))
    plain["findings"] = [_finding(finding) for finding in encounter.findings]
    computed = CATALOGUE.compute(encounter.findings)
    plain["computed"] = {
        code: {"value": value, "shown": derived_words(CATALOGUE.derived[code], value)}
        for code, value in computed.items()
    }
    return plain


def _finding(finding: Finding) -> dict[str, Any]:
    try:
        item = CATALOGUE.item(finding.item)
        words = {"label": item.label, "unit": item.unit, "shown": on_screen(item, finding)}
    except UnknownItem:
        words = {"label": finding.item, "unit": "", "shown": "This program does not know the item"}
    return {**to_plain(finding), **words}
