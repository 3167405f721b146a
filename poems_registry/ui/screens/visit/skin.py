"""The seven skin signs and the one answer that stands for none of them."""

from collections.abc import Mapping
from typing import Protocol

from poems_registry.catalogue.book import Catalogue
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Finding
from poems_registry.ui.i18n import tr

SKIN_EXAMINED = "skin_examined"
_NONE_OF_THESE = "none"
_ABSENT = FieldDraft(text="absent")


class Fields(Protocol):
    """What is needed of the form."""

    @property
    def findings(self) -> Mapping[str, Finding]: ...
    def field(self, code: str) -> FieldDraft: ...


class SkinSigns:
    """Remembers which signs were answered by *None of these*; those alone are taken back with it."""

    def __init__(self, catalogue: Catalogue) -> None:
        section = catalogue.section_of.get(SKIN_EXAMINED)
        items = section.items if section is not None else ()
        self._labels = {i.code: i.label for i in items if i.sign and i.own_cause}
        self._by_act: set[str] = set()

    @property
    def seven(self) -> tuple[str, ...]:
        """The skin signs that the criterion counts (clinical.md 2.5): those with a cause of their own."""
        return tuple(self._labels)

    def following(self, text: str, fields: Fields) -> dict[str, FieldDraft]:
        """*None of these* answers the signs that have no answer yet; another answer takes only those back."""
        if text == _NONE_OF_THESE:
            blank = [code for code in self._labels if fields.field(code).is_blank]
            self._by_act.update(blank)
            return dict.fromkeys(blank, _ABSENT)
        own = [code for code in self._labels if code in self._by_act and fields.field(code) == _ABSENT]
        self._by_act.clear()
        return dict.fromkeys(own, FieldDraft())

    def contradiction(self, fields: Fields) -> str:
        """None of the seven signs, and yet one of them: words, or nothing."""
        examined = fields.findings.get(SKIN_EXAMINED)
        if examined is None or examined.value != _NONE_OF_THESE:
            return ""
        found = (
            label for code, label in self._labels.items() if (f := fields.findings.get(code)) and f.value == "present"
        )
        present = ", ".join(found)
        return tr("None of the seven signs, but recorded as present: {signs}", signs=present) if present else ""
