"""Functions for derived numbers; each takes canonical numbers and returns one."""


def total(*parts: float) -> float:
    """The sum of the grades (ONLS total 0 to 12, INCAT total 0 to 10; clinical.md 2.1)."""
    return float(sum(parts))


def ratio(numerator: float, denominator: float) -> float:
    """Free light chain ratio, kappa over lambda; the caller never divides by zero since 0.1 mg/L is the hard limit."""
    return numerator / denominator


def body_mass_index(weight: float, height: float) -> float:
    """kg/m2 from kilograms and centimetres."""
    return weight / (height / 100) ** 2


def known_total(first: float, *others: float | None) -> float:
    """The sum of what was measured: lesions that are not tracked have no value."""
    return float(sum(each for each in (first, *others) if each is not None))
