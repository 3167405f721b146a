"""What a person agreed to, declined or took back: one row for each answer, none ever overwritten."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.domain.dates import PartialDate
from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import PartialDateText, UtcDateTime


class ConsentRow(Base):
    """One answer; a later one stands beside it. `error_reason` is why it was entered in error, or empty."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    scope: Mapped[str] = mapped_column(String(20))
    study: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(String(20))
    day: Mapped[PartialDate] = mapped_column(PartialDateText)
    form_version: Mapped[str] = mapped_column(Text)
    taken_by: Mapped[str] = mapped_column(Text)
    on_behalf: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}
