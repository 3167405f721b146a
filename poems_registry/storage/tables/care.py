"""Around the visits: referrals in and out, calls for advice, MDT lists, changes of status; never deleted.

Columns are named as the fields of `domain.care`, but for the day.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import UtcDateTime


class ReferralRow(Base):
    """Somebody was referred to the clinic."""

    __tablename__ = "referral"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    day: Mapped[date] = mapped_column(Date)
    route: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[str] = mapped_column(String(20))
    referrer: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(20), index=True)
    answer: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class AdviceCallRow(Base):
    """A call for urgent advice; without a patient where none was named."""

    __tablename__ = "advice_call"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    time: Mapped[str] = mapped_column(String(5))
    asked_by: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text)
    given_by: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(Text)
    followed_on: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class OnwardReferralRow(Base):
    """The clinic referred somebody to a profession or a service."""

    __tablename__ = "onward_referral"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    day: Mapped[date] = mapped_column(Date)
    service: Mapped[str] = mapped_column(Text)
    to_whom: Mapped[str] = mapped_column(Text)
    urgency: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)
    state_on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(Text)
    outcome_on: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class MdtEntryRow(Base):
    """One patient on the list of one MDT meeting."""

    __tablename__ = "mdt_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    question: Mapped[str] = mapped_column(Text)
    presenter: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(Text)
    actions: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class StatusChangeRow(Base):
    """From a day on somebody stands otherwise with the clinic."""

    __tablename__ = "status_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    day: Mapped[date] = mapped_column(Date)
    before: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}
