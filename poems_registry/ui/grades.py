"""How the grade of a response is shown everywhere: a shape, a tone and words, never one of them alone."""

from typing import Final

from poems_registry.domain.response import DomainResponse, Grade, possible_words
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.tokens import Tone

LOOKS: Final[dict[Grade, tuple[str, Tone]]] = {
    Grade.CR: ("circle-check", Tone.GREEN),
    Grade.CR_UNCONFIRMED: ("circle-check", Tone.GREEN),
    Grade.VGPR: ("circle-check", Tone.GREEN),
    Grade.PR: ("circle-dot", Tone.GREEN),
    Grade.IMPROVED: ("trending-down", Tone.GREEN),
    Grade.STABLE: ("equal", Tone.SUB),
    Grade.NR: ("circle-minus", Tone.TEXT),
    Grade.WORSE: ("trending-up", Tone.RED),
    Grade.PD: ("trending-up", Tone.RED),
    Grade.PD_TO_CONFIRM: ("triangle-alert", Tone.AMBER),
    Grade.RELAPSE_TO_CONFIRM: ("triangle-alert", Tone.AMBER),
    Grade.NE_PARTIAL: ("circle-minus", Tone.SUB),
    Grade.NE: ("circle-minus", Tone.SUB),
    Grade.TOO_EARLY: ("hourglass", Tone.SUB),
    Grade.CANNOT_TELL: ("circle-question-mark", Tone.AMBER),
    Grade.NOT_TREATED: ("info", Tone.SUB),
}


def look(grade: Grade) -> tuple[str, Tone]:
    """Icon and tone."""
    return LOOKS[grade]


def baseline_look(answer: DomainResponse) -> tuple[str, Tone, str]:
    """Before any treatment: icon, tone and words for whether there is something a treatment can be judged against."""
    if not answer.needs:
        return "circle-check", Tone.GREEN, tr("Baseline recorded")
    words = tr("Baseline incomplete") if answer.baseline is not None else tr("No baseline yet")
    return "circle-question-mark", Tone.AMBER, words


def open_words(answer: DomainResponse) -> str:
    """What an open answer needs, and which grades are left; empty for one that is settled."""
    if not answer.needs:
        return ""
    needs = "; ".join(map(in_sentence, answer.needs))
    left = possible_words(answer)
    told = tr("needs {needs}", needs=needs)
    return tr("{left}: {told}", left=left[:1].upper() + left[1:], told=told) if left else told[:1].upper() + told[1:]


def in_sentence(words: str) -> str:
    """The words as they stand inside a sentence: `urine immunofixation`, but `PET-CT` and `M-protein`."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
