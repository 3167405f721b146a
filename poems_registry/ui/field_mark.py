"""What a field's edge says, on every screen."""

from enum import StrEnum


class Mark(StrEnum):
    """The edge; the words beside it say why."""

    NONE = ""
    ERROR = "error"
    DOUBT = "doubt"
