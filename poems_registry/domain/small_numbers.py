"""Counts that may leave the team: small ones hidden, the others rounded (decision 4, `nhs.md` 5.6)."""

THRESHOLD = 7
FLOOR = 5
SUPPRESSED = "*"


def released(count: int, threshold: int = THRESHOLD) -> int | None:
    """The count as it may be released: 0 stays 0, 1 to `threshold` is None, every other the nearest multiple of 5.

    The method of Hospital Episode Statistics since September 2018. Each total is to be released on its own count, not
    added up from released cells. ValueError for a negative count or a threshold below the floor of 5.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    if threshold < FLOOR:
        raise ValueError(f"the threshold for small numbers is at least {FLOOR}")
    if 1 <= count <= threshold:
        return None
    return (count + 2) // 5 * 5


def show_released(count: int, threshold: int = THRESHOLD) -> str:
    """A true count as a release table prints it: '0', '*' or the rounded number."""
    number = released(count, threshold)
    return SUPPRESSED if number is None else str(number)
