from collections.abc import Sequence
from typing import Any, Self

class KaplanMeierFitter:
    survival_function_: Any
    confidence_interval_: Any
    confidence_interval_survival_function_: Any
    event_table: Any
    median_survival_time_: float
    def __init__(self, alpha: float = ..., label: str | None = ...) -> None: ...
    def fit(
        self,
        durations: Sequence[float],
        event_observed: Sequence[bool] | Sequence[int] | None = ...,
        timeline: Sequence[float] | None = ...,
        entry: Sequence[float] | None = ...,
        label: str | None = ...,
        alpha: float | None = ...,
        ci_labels: Sequence[str] | None = ...,
        weights: Sequence[float] | None = ...,
    ) -> Self: ...
    def predict(self, times: float | Sequence[float], interpolate: bool = ...) -> Any: ...
    def survival_function_at_times(self, times: float | Sequence[float], label: str | None = ...) -> Any: ...
