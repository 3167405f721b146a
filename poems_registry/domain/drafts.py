"""What somebody has typed into a visit and not yet signed: kept word for word, right or wrong (decision 18)."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from poems_registry.domain.findings import Attribution, State
from poems_registry.domain.records import Action, ActionFor, Medicine, MedicineChange


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """One field as it stands on the form. `confirmed_from` is the visit whose value was confirmed as unchanged."""

    text: str = ""
    state: State | None = None
    attribution: Attribution | None = None
    attribution_text: str = ""
    note: str = ""
    assay: str = ""
    limit_low: str = ""
    limit_high: str = ""
    sample_time: str = ""
    confirmed_from: int | None = None
    doubt_confirmed: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing was said: no text, no state, nothing beside it."""
        return self == FieldDraft()


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """A whole form. `on`, `time` and the fields are texts as typed; `fields` is by item code."""

    on: str = ""
    time: str = ""
    visit_type: str = ""
    seen_by: tuple[str, ...] = ()
    fields: dict[str, FieldDraft] = field(default_factory=dict)
    medicines: tuple[Medicine, ...] = ()
    actions: tuple[Action, ...] = ()

    def with_field(self, code: str, draft: FieldDraft) -> "VisitDraft":
        """The same form with one field changed."""
        fields = dict(self.fields)
        if draft.is_blank:
            fields.pop(code, None)
        else:
            fields[code] = draft
        return replace(self, fields=fields)

    def to_json(self) -> dict[str, Any]:
        """Plain values for storage."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "VisitDraft":
        """The draft that `to_json` wrote."""
        return cls(
            on=data["on"],
            time=data["time"],
            visit_type=data["visit_type"],
            seen_by=tuple(data["seen_by"]),
            fields={code: _field(values) for code, values in data["fields"].items()},
            medicines=tuple(Medicine(**{**m, "change": MedicineChange(m["change"])}) for m in data["medicines"]),
            actions=tuple(Action(**{**a, "group": ActionFor(a["group"])}) for a in data["actions"]),
        )


def _field(values: dict[str, Any]) -> FieldDraft:
    state, attribution = values["state"], values["attribution"]
    return FieldDraft(
        **{
            **values,
            "state": State(state) if state else None,
            "attribution": Attribution(attribution) if attribution else None,
        }
    )
