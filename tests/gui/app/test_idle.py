"""A window nobody uses locks itself after five minutes, with a warning, and any key takes the warning back."""

from poems_registry.ui.idle import DEFAULT, WARNING, IdleLock


class Heard:
    def __init__(self) -> None:
        self.locks = 0
        self.warnings: list[int] = []

    def lock(self) -> None:
        self.locks += 1


def watched(after: int = DEFAULT) -> tuple[IdleLock, Heard]:
    heard = Heard()
    return IdleLock(heard.lock, heard.warnings.append, after), heard


def test_it_locks_after_five_minutes_and_warns_twenty_seconds_before() -> None:
    idle, heard = watched()
    for _ in range(DEFAULT):
        idle.tick()
    assert heard.locks == 1
    assert heard.warnings == list(range(WARNING, 0, -1))


def test_any_use_starts_the_count_again_and_takes_the_warning_back() -> None:
    idle, heard = watched()
    for _ in range(DEFAULT - 5):
        idle.tick()
    idle.used()
    for _ in range(DEFAULT - WARNING - 1):
        idle.tick()
    assert heard.locks == 0
    assert heard.warnings[-1] == 0


def test_a_clinic_may_set_one_to_fifteen_minutes_and_nothing_else() -> None:
    idle, heard = watched(after=5)
    for _ in range(59):
        idle.tick()
    assert heard.locks == 0
    idle.tick()
    assert heard.locks == 1
