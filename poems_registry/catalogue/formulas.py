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


def tracked_total(first: float, *others: float | str | None) -> float | None:
    """The sum over the tracked lesions: SUVmax of each, then site of each, then how many lesions are avid in all.

    None where it would leave out a lesion that is there: a site without its SUVmax, or more avid lesions than are
    tracked. A part of the sum would read as a fall.
    """
    tracked = (len(others) + 1) // 2
    values, sites, avid = (first, *others[: tracked - 1]), others[tracked - 1 : -1], others[-1]
    measured = [each for each in values if isinstance(each, float)]
    unmeasured = any(site is not None and value is None for site, value in zip(sites, values, strict=True))
    if unmeasured or (isinstance(avid, float) and avid > len(measured)):
        return None
    return float(sum(measured))
