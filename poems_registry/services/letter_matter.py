"""What a letter is made from: the record, the visit, the clinic's words and how the diagnosis stands."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime

from poems_registry.domain.criteria import RULE_SET_VERSION
from poems_registry.domain.freezing import freeze_response
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters import amendment
from poems_registry.letters.gate import Block, blocks
from poems_registry.letters.kinds import compose, parts
from poems_registry.letters.parts import Part
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Template, Templates
from poems_registry.pages.document import Document
from poems_registry.services.clinic_settings import as_pairs, thresholds_of
from poems_registry.services.judging import judge_file, respond_file, up_to
from poems_registry.services.template_in_use import TemplateInUse, used_by
from poems_registry.storage import files, registry, settings
from poems_registry.storage.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that a letter's words follow from, and the rules in force by name."""

    file: PatientFile
    encounter: Encounter
    clinic: ClinicProfile
    standing: Standing
    rules: dict[str, str]
    wording: TemplateInUse
    earlier: Template | None = None

    def document(self, letter: LetterRecord, now: datetime) -> Document:
        """The letter of these facts; a draft until it carries a signature."""
        templates = Templates(self.wording.template, self.earlier)
        return compose(
            self.file, self.encounter, self.clinic, self.standing, letter=letter, now=now, templates=templates
        )

    def parts(self, letter: LetterRecord) -> tuple[Part, ...]:
        """Its parts in print order."""
        return parts(self.file, self.encounter, self.clinic, letter, self.standing, self.wording.template)

    def blocks(self, letter: LetterRecord, today: date) -> tuple[Block, ...]:
        """What still blocks signing today."""
        return blocks(self.file, self.encounter, self.clinic, letter, self.wording.template, today=today)

    @property
    def source(self) -> str:
        """The record as JSON text, to be frozen with the letter."""
        return json.dumps(replace(self.file, letters=()), default=_said, sort_keys=True)


def matter_of(session: Session, letter: LetterRecord) -> Matter:
    """Read what a letter is made from."""
    file = files.load_file(session, letter.patient_id)
    encounter = next(e for e in file.encounters if e.id == letter.encounter_id)
    standing, rules = _standing(session, file, encounter)
    old = amendment.replaced(file, letter)
    earlier = used_by(session, old).template if old is not None else None
    clinic = registry.load(session).profile
    return Matter(file, encounter, clinic, standing, rules, used_by(session, letter), earlier)


def _standing(session: Session, file: PatientFile, encounter: Encounter) -> tuple[Standing, dict[str, str]]:
    """What signing the visit froze; for visits brought in from elsewhere, what the rules say up to that visit."""
    verdict = encounter.verdict
    if verdict is not None:
        return Standing.frozen(verdict), dict(verdict.settings) | {"rule_set": verdict.rule_set}
    thresholds = thresholds_of(settings.load_all(session))
    rules = dict(as_pairs(thresholds)) | {"rule_set": RULE_SET_VERSION}
    known = up_to(file, encounter)
    response = respond_file(known, thresholds, on=encounter.on)
    return Standing.of(judge_file(known, thresholds), freeze_response(response)), rules


def _said(value: object) -> object:
    """A record as its fields, anything else as its words; `asdict` would copy the whole file first."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)
