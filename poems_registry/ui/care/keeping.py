"""What is typed into a form of care and not yet saved, kept in the registry for this person only (decision 18)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from poems_registry.domain.dates import show_date, show_time
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.ui.form_keeping import FormKeeping, Forms
from poems_registry.ui.i18n import tr
from poems_registry.ui.keeping import Told
from poems_registry.ui.tasks import Tasks

__all__ = ["Forms", "Keeping", "Left"]


@dataclass(frozen=True, slots=True)
class Left:
    """What was left in a form: what it said when it was begun, of which version, what was typed over it, and words."""

    start: Mapping[str, str]
    typed: Mapping[str, str]
    version: int
    words: str


class Keeping:
    """The keeper of the form that is open; without `forms` nothing is kept."""

    def __init__(self, forms: Forms | None, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._tasks = tasks
        self._one = FormKeeping(forms, tasks, remind, told) if forms is not None else None

    @property
    def unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._one is not None and self._one.unkept

    def begin(self, key: FormKey, then: Callable[[Left], None]) -> None:
        """Another form: `then` is told what was typed into it before, if anything."""
        keeping = self._one
        if keeping is None:
            return
        keeping.begin(key)

        def found(kept: KeptForm | None) -> None:
            left = _left(kept)
            if keeping.key == key and left is not None:
                then(left)

        self._tasks.run(lambda: keeping.find(key), found, lambda _error: None)

    def edited(self, version: int, start: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Keep soon what was typed over what the form began with."""
        if self._one is not None:
            typed = {code: text for code, text in texts.items() if text != start.get(code)}
            self._one.edited({"version": version, "start": dict(start), "typed": typed})

    def woken(self) -> None:
        """The view's timer ran out."""
        if self._one is not None:
            self._one.woken()

    def hold(self) -> None:
        """The form is being saved: what is saved needs no draft."""
        if self._one is not None:
            self._one.hold()

    def go_on(self) -> None:
        """It was refused: keep what stands in it."""
        if self._one is not None:
            self._one.go_on()

    def unkeep(self, key: FormKey) -> None:
        """It is saved or taken back; on the registry's thread."""
        if self._one is not None:
            self._one.unkeep(key)

    def drop(self) -> None:
        """The person drops it."""
        if self._one is not None:
            self._one.drop()

    def settled(self) -> None:
        """The form is closed, and what it held is settled."""
        if self._one is not None:
            self._one.settled()

    def leave(self) -> None:
        """Another screen comes: keep it at once."""
        if self._one is not None:
            self._one.leave()

    def close(self) -> None:
        """The form is closed, as by a lock, and what it held is not settled: keep it at once."""
        if self._one is not None:
            self._one.close()


def _left(kept: KeptForm | None) -> Left | None:
    typed = kept.content.get("typed") if kept is not None else None
    if kept is None or not isinstance(typed, dict) or not typed:
        return None
    at = kept.saved_at.astimezone()
    when = f"{show_date(at.date())} {show_time(at)}"
    words = tr("You typed this until {when} and did not save it. It counts nowhere yet.", when=when)
    start = _texts(kept.content.get("start", {}))
    return Left(start, _texts(typed), int(kept.content.get("version", 0)), words)


def _texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(code): str(text) for code, text in content.items()}
