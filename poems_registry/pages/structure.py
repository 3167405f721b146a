"""The tree of tags behind a page: what is a heading, a table cell, a figure, for screen readers (PDF 1.7, 14.7)."""

from dataclasses import dataclass, field
from typing import Union

Mark = tuple[int, int]
"""A piece of marked content: page index, marked-content id."""


@dataclass(slots=True, eq=False)
class Node:
    """One structure element; its kids are elements and marked content in reading order.

    `alt` is the text of a figure, `scope` tells of which cells a head speaks, `box` a figure's place on the page.
    """

    tag: str
    kids: list[Union["Node", Mark]] = field(default_factory=list)
    alt: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None

    def child(self, tag: str, *, alt: str = "", scope: str = "") -> "Node":
        """A new element at the end of this one."""
        node = Node(tag, alt=alt, scope=scope)
        self.kids.append(node)
        return node

    def has_content(self) -> bool:
        """Whether any mark was painted below this element."""
        return any(isinstance(kid, tuple) or kid.has_content() for kid in self.kids)
