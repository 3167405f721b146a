from collections.abc import Sequence

class StatisticalResult:
    p_value: float
    test_statistic: float

def logrank_test(
    durations_A: Sequence[float],
    durations_B: Sequence[float],
    event_observed_A: Sequence[bool] | Sequence[int] | None = ...,
    event_observed_B: Sequence[bool] | Sequence[int] | None = ...,
    t_0: float = ...,
    weights_A: Sequence[float] | None = ...,
    weights_B: Sequence[float] | None = ...,
    weightings: str | None = ...,
) -> StatisticalResult: ...
def multivariate_logrank_test(
    event_durations: Sequence[float],
    groups: Sequence[object],
    event_observed: Sequence[bool] | Sequence[int] | None = ...,
    weights: Sequence[float] | None = ...,
    t_0: float = ...,
    weightings: str | None = ...,
) -> StatisticalResult: ...
