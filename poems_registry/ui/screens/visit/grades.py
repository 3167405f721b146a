"""Grades that follow task answers while the form is filled in: a blank grade is filled, a typed one never touched."""

from typing import Protocol

from poems_registry.catalogue.book import Catalogue, compute, exact_values
from poems_registry.catalogue.item import Derived
from poems_registry.catalogue.kinds import show_number
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Finding


class Fields(Protocol):
    """What is needed of the form."""

    @property
    def catalogue(self) -> Catalogue: ...
    def field(self, code: str) -> FieldDraft: ...
    def known(self) -> dict[str, Finding]: ...


class GradesByTasks:
    """Remembers which grades it filled in; those alone follow when an answer changes.

    After a visit is opened again every grade counts as typed: nothing that stands in a field changes by itself.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._deciding: dict[str, tuple[Derived, ...]] = {}
        for derived in catalogue.by_tasks.values():
            for code in (*derived.needs, *derived.optional):
                self._deciding[code] = (*self._deciding.get(code, ()), derived)
        self._filled: dict[str, str] = {}

    def deciding(self, code: str) -> tuple[str, ...]:
        """The grades that an answer bears on."""
        return tuple(derived.grade for derived in self._deciding.get(code, ()))

    def typed(self, grade: str) -> None:
        """A person typed it: from now on it is theirs."""
        self._filled.pop(grade, None)

    def by_tasks(self, grade: str, fields: Fields) -> bool:
        """Whether what stands in the field was filled in from its tasks, and from nothing else."""
        return grade in self._filled and fields.field(grade) == FieldDraft(text=self._filled[grade])

    def following(self, code: str, fields: Fields) -> dict[str, FieldDraft]:
        """The grades to put in, or to take out again, after this answer changed."""
        known = exact_values(fields.known().values())
        changes: dict[str, FieldDraft] = {}
        for derived in self._deciding.get(code, ()):
            grade, value = derived.grade, compute(derived, known)
            text = "" if value is None else show_number(value, derived.kind.decimals)
            own = self.by_tasks(grade, fields)
            if own and not text:
                del self._filled[grade]
                changes[grade] = FieldDraft()
            elif text and (own or fields.field(grade).is_blank):
                self._filled[grade] = text
                changes[grade] = FieldDraft(text=text)
        return changes
