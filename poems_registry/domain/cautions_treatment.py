"""Cautions of clinical.md 5: a treatment against what the record says, told with its source, never as an order.

No threshold stands here that the specification does not give: a kidney function, a pressure or a lung function is told
as it was last recorded, with its day, and the reader judges.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import show_date
from poems_registry.domain.drugs import DrugClass, drugs_in


@dataclass(frozen=True, slots=True)
class Known:
    """Something the record says, in words, and on which day; `negative` when it says no."""

    words: str
    on: date
    negative: bool = False

    @property
    def dated(self) -> str:
        """`eGFR 42 mL/min/1.73 m² (12-Aug-2026)`."""
        return f"{self.words} ({show_date(self.on)})"


@dataclass(frozen=True, slots=True)
class Facts:
    """What cautions ask of a record; None and empty: not recorded, which is never *no*."""

    neuropathy: Known | None = None
    egfr: Known | None = None
    diabetes: Known | None = None
    adrenal: Known | None = None
    overload: tuple[Known, ...] = ()
    pressure: Known | None = None
    lungs: Known | None = None
    prophylaxis: str = ""
    pregnancy_prevention: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What is being given: drugs by name, codes of supportive care, and whether a transplant is."""

    drugs: frozenset[str] = frozenset()
    classes: frozenset[DrugClass] = frozenset()
    supportive: frozenset[str] = frozenset()
    transplant: bool = False

    @classmethod
    def of(cls, words: Iterable[str], supportive: Iterable[str] = (), *, transplant: bool = False) -> "Given":
        """What the words name; a word that names no drug of the list asks for no caution."""
        named = [drug for each in words for drug in drugs_in(each)]
        return cls(
            frozenset(drug.name for drug in named),
            frozenset(drug.kind for drug in named),
            frozenset(supportive),
            transplant,
        )


@dataclass(frozen=True, slots=True)
class Caution:
    """`about` names the treatment, `words` what to keep in mind, `source` where that comes from.

    `gap`: something that goes with the treatment is not recorded.
    """

    about: str
    words: str
    source: str
    gap: bool = False


GENERAL = "General clinical knowledge, certainty high; the product's current information decides"
REPORT = "A machine-written report of the literature; check it against the papers"
NERVE_DRUGS = ("bortezomib", "thalidomide", "vincristine")


@dataclass(frozen=True, slots=True)
class _Rule:
    about: Callable[[Given], str]
    words: Callable[[Facts], str]
    source: str = GENERAL
    gap: bool = False


def cautions(given: Given, facts: Facts) -> tuple[Caution, ...]:
    """What is to be kept in mind, in the order of the specification; a rule without words says nothing."""
    told = ((rule.about(given), rule) for rule in RULES)
    return tuple(
        Caution(about, words, rule.source, rule.gap) for about, rule in told if about and (words := rule.words(facts))
    )


def _named(*names: str) -> Callable[[Given], str]:
    """The drugs of these that are given, as words."""
    return lambda given: _listed(name for name in names if name in given.drugs)


def _of_class(*kinds: DrugClass) -> Callable[[Given], str]:
    return lambda given: _listed(sorted(d.name for name in given.drugs for d in drugs_in(name) if d.kind in kinds))


def _supports(kind: str, words: str) -> Callable[[Given], str]:
    return lambda given: words if kind in given.supportive else ""


def _listed(names: Iterable[str]) -> str:
    words = " and ".join(names)
    return words[:1].upper() + words[1:]


def _nerves(facts: Facts) -> str:
    known = facts.neuropathy.dated if facts.neuropathy is not None else "Not recorded whether there is one"
    return f"Can worsen neuropathy. {known}."


def _clots(facts: Facts) -> str:
    if facts.prophylaxis:
        return ""
    return "Raises the risk of thrombosis: prophylaxis is required, and none is recorded."


def _pregnancy(facts: Facts) -> str:
    recorded = "It is recorded." if facts.pregnancy_prevention else "It is not recorded."
    return f"A pregnancy prevention programme applies to women and men. {recorded}"


def _kidneys(facts: Facts) -> str:
    last = f"Last recorded: {facts.egfr.dated}." if facts.egfr is not None else "No eGFR is recorded."
    return f"The dose follows the kidney function. {last}"


def _sugar(facts: Facts) -> str:
    return f"Raises blood sugar. {facts.diabetes.dated}." if facts.diabetes is not None else ""


def _adrenals(facts: Facts) -> str:
    own = f" {facts.adrenal.dated}." if facts.adrenal is not None else ""
    return f"Suppresses the adrenal glands: sick-day rules, and cortisol is read with that in mind.{own}"


def _before_transplant(facts: Facts) -> str:
    pressure = facts.pressure.dated if facts.pressure is not None else "PASP not recorded"
    lungs = facts.lungs.dated if facts.lungs is not None else "TLCO not recorded"
    swollen = [each.dated for each in facts.overload] or ["no volume overload recorded as present"]
    return (
        "Volume overload, pulmonary hypertension and low TLCO are optimised first; treatment before the transplant"
        f" lowered early complications (odds ratio 0.17). Last recorded: {'; '.join((pressure, lungs, *swollen))}."
    )


def _always(words: str) -> Callable[[Facts], str]:
    return lambda _facts: words


RULES = (
    _Rule(_named(*NERVE_DRUGS), _nerves),
    _Rule(_named("thalidomide"), _always("More than 50 g in all confounds the assessment of neuropathy."), REPORT),
    _Rule(_of_class(DrugClass.IMID), _clots, gap=True),
    _Rule(_of_class(DrugClass.IMID), _pregnancy),
    _Rule(_named("lenalidomide", "melphalan"), _kidneys),
    _Rule(
        _named("bevacizumab"),
        _always("Not recommended in POEMS syndrome: it may harm."),
        "J Neurol 2018 (10.1007/s00415-018-9110-6) calls it disappointing; may harm: "
        + REPORT[:1].lower()
        + REPORT[1:],
    ),
    _Rule(
        _of_class(DrugClass.IMMUNOGLOBULIN, DrugClass.PLASMA_EXCHANGE),
        _always("Does not work against POEMS syndrome."),
        "Hematology (ASH Education Program) 2005:360, POEMS syndrome",
    ),
    _Rule(_of_class(DrugClass.STEROID), _sugar),
    _Rule(_of_class(DrugClass.STEROID), _adrenals),
    _Rule(_of_class(DrugClass.GROWTH_FACTOR), _always("Watch for capillary leak: weight, oedema, effusions.")),
    _Rule(
        lambda given: "Stem cell transplant" if given.transplant else "",
        _before_transplant,
        "Li 2017, Leukemia, n=138, for the odds ratio; the rest is general clinical knowledge",
    ),
    _Rule(
        _supports("line", "PICC or another line"),
        _always("A PICC can cause deep vein thrombosis: 3 of 11 venous events of the UCLH registry were PICC-related."),
        "Sayar 2020, Blood Advances 4:2139, UCLH POEMS Registry",
    ),
    _Rule(
        _supports("vaccination", "Vaccination"),
        _always("Live vaccines are not given under treatment that suppresses immunity; inactivated ones are."),
    ),
    _Rule(
        _named("daratumumab"),
        _always(
            "Interferes with cross-matching, so blood banks ask to know before it begins. It may show as IgG kappa on"
            " immunofixation."
        ),
    ),
)
"""The table: which treatment, what the record adds, where it comes from."""
