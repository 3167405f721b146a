"""What was left of forms over the page of results, in memory, for tests of the presenters without Qt."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.services.form_drafts import FormKey, KeptForm, LeftForm

KEPT_AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


@dataclass
class Forms:
    """Keeps what was typed, or refuses."""

    left: dict[FormKey, KeptForm] = field(default_factory=dict)
    refusal: RegistryError | None = None

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        if self.refusal is not None:
            raise self.refusal
        self.left[key] = KeptForm(key, KEPT_AT, content)
        return KEPT_AT

    def load(self, key: FormKey) -> KeptForm | None:
        return self.left.get(key)

    def drop(self, key: FormKey) -> None:
        self.left.pop(key, None)

    def mine(self) -> tuple[LeftForm, ...]:
        return tuple(LeftForm(key, kept.saved_at, "SMITH, Ann") for key, kept in self.left.items())


@dataclass
class Desk:
    """Who works here: may do everything but what is taken away."""

    without: frozenset[Permission] = frozenset()
    read_only: bool = False

    def may(self, permission: Permission) -> bool:
        return permission not in self.without
