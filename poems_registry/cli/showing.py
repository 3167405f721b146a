"""Print one patient: the record, each criterion with its reasons, the verdict, the response and the prognosis."""

import argparse
import json
from collections.abc import Iterator
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import on_screen
from poems_registry.cli.signing_in import signed_in
from poems_registry.cli.telling_response import prognosis_lines, response_lines
from poems_registry.domain import nhs_number
from poems_registry.domain.criteria import CRITERION_WORDS, Judgement, suichi, verdict_words
from poems_registry.domain.dates import show_date
from poems_registry.domain.line_in_words import parts_in_words
from poems_registry.domain.names import formal
from poems_registry.domain.records import Encounter, Patient
from poems_registry.domain.treatment_words import event_words
from poems_registry.services.showing import Shown, ShowService

_ANSWERS = {"met": "met", "not_met": "not met", "cannot_tell": "cannot tell"}


def show(options: argparse.Namespace) -> None:
    """One patient, for reading or as JSON."""
    with signed_in(options) as me:
        shown = ShowService(me).show(options.patient)
    if options.json:
        print(json.dumps(shown.plain(), ensure_ascii=False, indent=2))
        return
    for line in _lines(shown):
        print(line)


def _lines(shown: Shown) -> Iterator[str]:
    yield from _person(shown.file.patient)
    for encounter in shown.file.encounters:
        yield ""
        yield from _encounter(encounter)
    for line in shown.file.lines:
        begun = show_date(line.start) if line.start else "not recorded"
        ended = show_date(line.stop) if line.stop else "now"
        yield f"Treatment line {line.number}: {line.name}, {begun} to {ended}"
        yield from (f"    {words}" for words in parts_in_words(line, date.max))
    for event in shown.file.happened:
        yield f"Event: {event_words(event.kind)}, {show_date(event.on) if event.on else 'date not recorded'}"
    yield ""
    yield from _diagnosis(shown.judgement)
    yield ""
    yield from response_lines(shown.response)
    yield ""
    yield from prognosis_lines(shown.prognosis)


def _person(patient: Patient) -> Iterator[str]:
    yield formal(patient.family_name, patient.given_name, patient.title) or patient.study_number
    born = show_date(patient.born) if patient.born else "not recorded"
    number = nhs_number.show(patient.nhs_number) if patient.nhs_number else "not recorded"
    yield f"#{patient.id}  born {born}  NHS number {number}"
    for own in patient.hospital_numbers:
        yield f"Hospital number {own.value}{f' ({own.issuer})' if own.issuer else ''}"
    if patient.study_number:
        yield f"Study number {patient.study_number}"
    if patient.died:
        yield f"Died {show_date(patient.died)}"


def _encounter(encounter: Encounter) -> Iterator[str]:
    kind = encounter.visit_type.value if encounter.visit_type else encounter.kind.value
    state = encounter.state.value.replace("_", " ")
    yield f"{show_date(encounter.on)}  {kind.replace('_', ' ')}, {state}, visit {encounter.id}"
    for finding in encounter.findings:
        item = CATALOGUE.items.get(finding.item)
        label = item.label if item else finding.item
        yield f"    {label}: {on_screen(item, finding) if item else 'this program does not know the item'}"


def _diagnosis(judgement: Judgement) -> Iterator[str]:
    yield f"Diagnosis by rule set {judgement.rule_set}: {verdict_words(judgement)}"
    for criterion, result in judgement.criteria.items():
        yield f"  {criterion.value:<3} {CRITERION_WORDS[criterion]}: {_ANSWERS[result.verdict.value]}"
        for reason in result.reasons:
            yield f"        {show_date(reason.on)}  {reason.words}"
        for hint in result.decided_by:
            yield f"        would decide: {hint}"
    if judgement.deciding:
        yield f"Would decide: {', '.join(criterion.value for criterion in judgement.deciding)}"
    for flag in judgement.flags:
        yield f"Caution: {flag.words}"
    yield suichi(judgement)
