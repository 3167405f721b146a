"""Two people changed one entry of treatment: how both meet, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass

from poems_registry.domain.merging import Merge, Side, three_way
from poems_registry.domain.treatments import Entry
from poems_registry.ui.conflict.shown import ConflictShown, lines_of, taken_of
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.reading import Field, FieldShown, shown


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the entry said as one opened it, what one typed, and what somebody else saved meanwhile.

    Where nobody knows any more what it said (`start` has no such field), both texts are asked if they differ.
    """

    start: Mapping[str, str]
    mine: Mapping[str, str]
    theirs: Entry
    fields: tuple[Field, ...]

    @property
    def merge(self) -> Merge[str]:
        """Field by field; an empty text is a value: nothing."""
        return three_way(self.start, self.mine, texts_of(self.theirs, self.fields))

    @property
    def clashes(self) -> bool:
        """Whether both changed the same field, to different texts."""
        return bool(self.merge.clashes)

    def settled(self, choices: Mapping[str, Side]) -> dict[str, str]:
        """The texts that come of it."""
        return self.merge.choose(choices)

    def shown(self, who: Identity) -> ConflictShown:
        """The question in words."""
        merge = self.merge
        told = {field.code: field for field in shown(self.theirs, self.fields)}

        def label(code: str) -> str:
            return told[code].label if code in told else code

        def words(code: str, text: str) -> str:
            return _words(told.get(code), text)

        return ConflictShown(
            who=who,
            title=tr("Two people changed this entry"),
            lines=lines_of(merge.clashes, label, words, tr("not kept")),
            theirs_by=tr("saved meanwhile"),
            button=tr("Take these choices"),
            before_when=tr("when you began"),
            mine_when=tr("not saved yet"),
            taken=tuple(tr("Taken from theirs: {words}", words=each) for each in taken_of(merge, label, words)),
        )


def texts_of(entry: Entry, fields: tuple[Field, ...]) -> dict[str, str]:
    """What a form says of an entry, by field."""
    return {field.code: field.text for field in shown(entry, fields)}


def _words(field: FieldShown | None, text: str) -> str:
    options = dict(field.options) if field is not None else {}
    if field is not None and field.several:
        return ", ".join(options.get(code, code) for code in text.split(",") if code) or tr("Nothing")
    return options.get(text, text) or tr("Nothing")
