"""The clinic's own wording of each kind of letter, version by version; a version is never changed."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import UtcDateTime


class LetterTemplateRow(Base):
    """One version; the newest of a kind is in force. An empty text puts the program's own back in force."""

    __tablename__ = "letter_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, info=SILENT)
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    loaded_by: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("kind", "version"),)
