"""The Wilson score interval of a proportion: what a small cohort can say about how common a finding is."""

from math import sqrt

Z_95 = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


def wilson(present: int, assessed: int, z: float = Z_95) -> tuple[float, float]:
    """Lower and upper limit, between 0 and 1, of the proportion `present` / `assessed`, without continuity correction.

    Wilson EB. J Am Stat Assoc 1927;22:209-12; as recommended by Newcombe RG. Stat Med 1998;17:857-72. Of nobody
    assessed nothing is known: (0, 1). ValueError for counts that cannot be.
    """
    if not 0 <= present <= assessed:
        raise ValueError("of those assessed, none to all can have the finding")
    if assessed == 0:
        return 0.0, 1.0
    share = present / assessed
    spread = z * sqrt(share * (1 - share) / assessed + z * z / (4 * assessed * assessed))
    centre, scale = share + z * z / (2 * assessed), 1 + z * z / assessed
    # At none and all the limit is exactly 0 or 1; arithmetic would leave it a rounding error beside.
    low = 0.0 if present == 0 else (centre - spread) / scale
    high = 1.0 if present == assessed else (centre + spread) / scale
    return low, high
