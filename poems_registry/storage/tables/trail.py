"""The audit (decision 13): every change and every look, chained so that a break shows."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import UtcDateTime


class AuditRow(Base):
    """One entry. `mac` is HMAC-SHA256 over the entry before and this one; opaque ids only name the patient."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    mac: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int]
    actor: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(40))
    pc: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(40))
    patient_id: Mapped[int | None]
    object: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(120))
    object_version: Mapped[int | None]
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(20))
    __table_args__ = (Index("ix_audit_patient_id_seq", "patient_id", "seq"), {"info": SILENT})


class AuditHeadRow(Base):
    """The last entry's number and MAC: what a cut tail is measured against, and the lock that orders writers."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    mac: Mapped[str] = mapped_column(String(64))
    __table_args__ = (CheckConstraint("id = 1", name="only_one"), {"info": SILENT})
