"""Studies, who takes part in them, samples and their aliquots; what was entered in error is withdrawn, never deleted.

Each row has its own version. Columns are named as the fields of `domain.studies` and `domain.samples`.
"""

from sqlalchemy import Boolean, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.domain.dates import PartialDate
from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import Json, JsonText, PartialDateText


class StudyRow(Base):
    """One study of the clinic's list."""

    __tablename__ = "study"
    id: Mapped[int] = mapped_column(primary_key=True)
    short_name: Mapped[str] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)
    opened: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    closed: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class EnrolmentRow(Base):
    """One person's part in one study, from joining to its end."""

    __tablename__ = "enrolment"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id", ondelete="RESTRICT"), index=True)
    number: Mapped[str] = mapped_column(Text)
    joined: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    joined_by: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    ended: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    ended_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class SampleRow(Base):
    """One sample. `number` is what stands on the tube, and no other sample's; the times are texts of the clinic."""

    __tablename__ = "sample"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    number: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    kind_words: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(20))
    study_id: Mapped[int | None] = mapped_column(ForeignKey("study.id", ondelete="RESTRICT"), index=True)
    assay: Mapped[str] = mapped_column(Text)
    laboratory: Mapped[str] = mapped_column(Text)
    taken: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    taken_at: Mapped[str] = mapped_column(String(5))
    sent: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    sent_at: Mapped[str] = mapped_column(String(5))
    received: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    received_at: Mapped[str] = mapped_column(String(5))
    result: Mapped[str] = mapped_column(String(20))
    result_encounter_id: Mapped[int | None] = mapped_column(ForeignKey("encounter.id", ondelete="RESTRICT"), index=True)
    result_item: Mapped[str] = mapped_column(String(64))
    quality: Mapped[Json] = mapped_column(JsonText)
    quality_note: Mapped[str] = mapped_column(Text)
    after_withdrawal: Mapped[str] = mapped_column(String(20))
    decision_note: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class AliquotRow(Base):
    """One tube of a sample."""

    __tablename__ = "aliquot"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int]
    volume: Mapped[float | None]
    place: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    day: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    why: Mapped[str] = mapped_column(Text)
    thaws: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}
