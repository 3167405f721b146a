"""Batches of copies that went to a printer, and how far each copy of them got."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import UtcDateTime


class PrintBatchRow(Base):
    """What was asked of one printer in one go; open until a person has said what came out."""

    __tablename__ = "print_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    printer: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_by: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": row_version}


class PrintItemRow(Base):
    """One copy of a batch: what was frozen of its letter, and how far it got."""

    __tablename__ = "print_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("print_batch.id", ondelete="RESTRICT"), index=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("letter_copy.id", ondelete="RESTRICT"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="RESTRICT"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    place: Mapped[int]
    number: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    pages: Mapped[int]
    sheets: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    again: Mapped[bool]
    step: Mapped[str] = mapped_column(String(20))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    pc: Mapped[str] = mapped_column(Text, server_default=text("''"))
    row_version: Mapped[int] = mapped_column(info=SILENT)
    __table_args__ = (UniqueConstraint("batch_id", "copy_id"),)
    __mapper_args__ = {"version_id_col": row_version}
