"""The columns of the pseudonymised table: which items it holds and how each column is named (nhs.md 8.3)."""

import re
from dataclasses import dataclass

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import Day, Number, Text
from poems_registry.domain.consents import SCOPE_WORDS, Scope
from poems_registry.domain.encounter_kinds import EncounterKind

CMP, STATE, PRECISION, DAYS = "_cmp", "_state", "_precision", "_days"

CONSENTS = {f"consent_{scope.value}": scope for scope in Scope if scope is not Scope.STUDY}
"""Consent columns by the question; what a study is called is free text and stays inside."""

LEAD = {
    "patient": "pseudonym of the patient in this project",
    "encounter": "number of the encounter of this patient, from 1, oldest first",
    "encounter_kind": "one of "
    + ", ".join(kind.value for kind in EncounterKind if kind is not EncounterKind.MISSED)
    + "; clinic is a visit to the clinic,"
    " of which alone verdicts are kept",
    "visit_type": "type of the visit or contact; not_recorded if none was given",
    "days_since_diagnosis": "whole days; empty unless the day of diagnosis is known exactly",
    "diagnosis_precision": "how exactly the date of diagnosis is known: day, month, year or not_recorded",
    "days_since_first_encounter": "whole days",
    "age_band": "age at the encounter in bands of five years, 80+ at the top; not_recorded if no birth is known",
    "sex": "sex at birth: female, male, undetermined or not_recorded",
    "rule_set": "criteria that were applied when the visit was signed; not_recorded if it was not judged",
    "rule_a": "verdict by rule set A at signing",
    "rule_b": "verdict by rule set B at signing",
    "criteria": "letter:verdict of each criterion at signing, apart by |",
    "response_rule_set": "rules of response by which the next five columns were computed when this file was made",
    "response_line": "number of the line of therapy in force; empty before any and where its start is not known",
    "response_haematological": "as of this encounter: CR, CR-unconfirmed, VGPR, PR, NR, PD, RELAPSE(confirm),"
    " NE-partial, NE, too_early, cannot_tell or not_treated; missing data is cannot_tell, never a grade",
    "response_vegf": "as of this encounter: CR, PR, NR, PD, PD(confirm), NE, too_early, cannot_tell or not_treated",
    "response_radiological": "as of this encounter: CR, PR, NR, PD, NE, too_early, cannot_tell or not_treated",
    "response_clinical": "as of this encounter: improved, stable, worse, NE, too_early, cannot_tell or not_treated",
    "last_encounter": "yes for the newest encounter of the patient, else no: its response is the one at last visit",
    **{
        name: f"{SCOPE_WORDS[scope]}: given, declined, withdrawn or not_recorded, in force when this file was made"
        for name, scope in CONSENTS.items()
    },
}
"""The first columns and what they hold."""

_UCUM_SHORT = {"10*9": "10e9", "10*12": "10e12", "%": "percent", "²": "2"}


@dataclass(frozen=True, slots=True)
class ItemColumns:
    """The columns of one item: of its value, and what stands beside it. A state never is empty."""

    item: Item | Derived
    value: str
    beside: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names in order."""
        return (self.value, *self.beside)


def columns_of(item: Item | Derived) -> ItemColumns | None:
    """The columns of an item; None for what no pseudonymised file may hold: free text and what identifies."""
    code, kind = item.code, item.kind
    if isinstance(item, Derived):
        return ItemColumns(item, with_unit(code, item.kind), (code + STATE,))
    if item.identifying or isinstance(kind, Text):
        return None
    if isinstance(kind, Number):
        return ItemColumns(item, with_unit(code, kind), (code + CMP, code + STATE))
    if isinstance(kind, Day):
        return ItemColumns(item, code + DAYS, (code + PRECISION, code + STATE))
    return ItemColumns(item, code, (code + STATE,))


def all_columns(catalogue: Catalogue) -> tuple[ItemColumns, ...]:
    """Items and derived values section by section, in the order of the form."""
    every: list[Item | Derived] = []
    for section in catalogue.sections:
        every += [*section.items, *section.derived]
    return tuple(found for entry in every if (found := columns_of(entry)) is not None)


def with_unit(code: str, kind: Number) -> str:
    """`vegf_serum_pg_ml`: one unit a column, and the column says it."""
    unit = kind.ucum or kind.unit
    for sign, word in _UCUM_SHORT.items():
        unit = unit.replace(sign, word)
    slug = re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\[\]{}]", "", unit.lower())).strip("_")
    return f"{code}_{slug}" if slug and not code.endswith(f"_{slug}") else code
