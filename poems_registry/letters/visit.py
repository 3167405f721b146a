"""The visit a letter tells of, and what was known before it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from poems_registry.catalogue.wording import NOT_ASSESSED
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, EncounterKind, PatientFile


@dataclass(frozen=True)
class Visit:
    """One encounter in the light of its patient's file; the encounter may still be a draft that is not in the file."""

    file: PatientFile
    encounter: Encounter

    @cached_property
    def before(self) -> tuple[Encounter, ...]:
        """The counted encounters before this one, oldest first; what came later is no part of its letter."""
        own = self.encounter
        earlier = [e for e in self.file.counted if e.on <= own.on and not self._is_own(e)]
        known = [e for e in earlier if e.on < own.on or own.id == 0 or e.id < own.id]
        return tuple(sorted(known, key=lambda e: (e.on, e.id)))

    @cached_property
    def first(self) -> bool:
        """Whether nobody saw the patient before this visit, as far as the record tells."""
        return not any(e.kind in (EncounterKind.CLINIC, EncounterKind.PHONE) for e in self.before)

    @cached_property
    def to_date(self) -> tuple[Encounter, ...]:
        """Everything up to and with this visit and its day, oldest first."""
        same_day = [e for e in self.file.counted if e.on == self.encounter.on and not self._is_own(e)]
        earlier = [e for e in self.before if e.on < self.encounter.on]
        return (*earlier, *same_day, self.encounter)

    def _is_own(self, other: Encounter) -> bool:
        own = self.encounter
        return other is own or (own.id != 0 and other.id == own.id) or (own.uid != "" and other.uid == own.uid)

    def finding(self, item: str) -> Finding | None:
        """What this visit says about an item; None: not recorded."""
        return self._own.get(item)

    @cached_property
    def _own(self) -> dict[str, Finding]:
        return {finding.item: finding for finding in reversed(self.encounter.findings) if finding.instance == 0}

    @cached_property
    def _newest(self) -> dict[str, tuple[date, Finding]]:
        """Of each item the newest finding before this visit that says something, with its day."""
        newest: dict[str, tuple[date, Finding]] = {}
        for encounter in self.before:
            for finding in reversed(encounter.findings):
                telling = finding.state is State.RECORDED and finding.value != NOT_ASSESSED
                if telling and finding.instance == 0:
                    newest[finding.item] = (encounter.on, finding)
        return newest

    def answer(self, item: str) -> str:
        """The recorded code or text, or nothing."""
        finding = self.finding(item)
        known = finding is not None and finding.state is State.RECORDED and isinstance(finding.value, str)
        return str(finding.value) if finding is not None and known else ""

    def last(self, item: str) -> tuple[date, Finding] | None:
        """The newest finding before this visit that says something about the patient, with its day."""
        return self._newest.get(item)
