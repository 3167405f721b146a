"""How the diagnosis stands for a letter: frozen with a signed visit, computed for one that is still open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from poems_registry.domain.criteria import Criterion, Judgement, Verdict
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.frozen_response import FrozenResponse
from poems_registry.domain.records import FrozenVerdict

_LEVELS = {"vegf_serum": "serum_vegf_decision_level", "vegf_plasma": "plasma_vegf_decision_level"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict, the criteria met and those open, VEGF decision levels (pg/mL) by item, and the response, as then."""

    verdict: Verdict = Verdict.CANNOT_TELL
    met: tuple[Criterion, ...] = ()
    unknown: tuple[Criterion, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    response: FrozenResponse | None = None

    @classmethod
    def of(cls, judgement: Judgement, response: FrozenResponse | None = None) -> "Standing":
        """From the rules as they judge now."""
        thresholds = judgement.thresholds
        return cls(
            judgement.rule_a,
            judgement.of(Verdict.MET),
            judgement.of(Verdict.CANNOT_TELL),
            {
                "vegf_serum": thresholds.vegf_limits(Specimen.SERUM, "").decision_level,
                "vegf_plasma": thresholds.vegf_limits(Specimen.PLASMA, "").decision_level,
            },
            response,
        )

    @classmethod
    def frozen(cls, verdict: FrozenVerdict) -> "Standing":
        """From what signing froze (decision 3)."""
        answers = [(Criterion(letter), answer) for letter, answer in verdict.criteria]
        settings = dict(verdict.settings)
        return cls(
            Verdict(verdict.rule_a),
            tuple(criterion for criterion, answer in answers if answer == Verdict.MET),
            tuple(criterion for criterion, answer in answers if answer == Verdict.CANNOT_TELL),
            {item: float(settings[name]) for item, name in _LEVELS.items() if name in settings},
            verdict.response,
        )
