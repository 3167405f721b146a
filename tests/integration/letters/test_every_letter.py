"""The rehearsal over all letters of the training clinic, on its first people: nothing differs, and the sums add up."""

from pathlib import Path

from poems_registry.rehearsal.every_letter import sums_of
from poems_registry.services.training.demo import make_demo


def test_every_letter_of_a_small_clinic_is_what_was_composed(tmp_path: Path) -> None:
    sums = sums_of(make_demo(tmp_path / "clinic", 3, 1).path, most=1)
    assert sums.faults == []
    made = sum(sums.letters.values())
    assert made > 4
    assert sum(sums.pages.values()) == sum(sums.sizes.values()) == made
    told = "\n".join(sums.lines)
    assert told.count(f"{made} of {made}") == 4
