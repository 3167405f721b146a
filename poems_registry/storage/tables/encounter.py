"""An encounter, its findings, medicines and actions, and what somebody is still typing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import Json, JsonText, UtcDateTime


class EncounterRow(Base):
    """One dated contact. `touched` makes a change of its findings count as a change of its own row (trap 7)."""

    __tablename__ = "encounter"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(20))
    visit_type: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    time: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    author: Mapped[str] = mapped_column(Text)
    seen_by: Mapped[Json] = mapped_column(JsonText)
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    touched: Mapped[datetime] = mapped_column(UtcDateTime, info=SILENT)
    signed_name: Mapped[str] = mapped_column(Text)
    signed_role: Mapped[str] = mapped_column(Text)
    signed_registration: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verdict: Mapped[Json | None] = mapped_column(JsonText)
    error_reason: Mapped[str] = mapped_column(Text)
    version_number: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    amend_reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    error_by: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    error_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        CheckConstraint("state <> 'signed' OR signed_at IS NOT NULL", name="signed_has_signature"),
        Index("ix_encounter_patient_id_day", "patient_id", "day"),
    )
    __mapper_args__ = {"version_id_col": version}


class ObservationRow(Base):
    """A finding: every column of decision 11. Written and read with Core only, by `storage/observations.py`."""

    __tablename__ = "observation"
    encounter_id: Mapped[int] = mapped_column(
        ForeignKey("encounter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    instance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20))
    sign: Mapped[str] = mapped_column(String(2))
    number: Mapped[float | None]
    code: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    reported: Mapped[str] = mapped_column(Text)
    reported_unit: Mapped[str] = mapped_column(Text)
    limit_low: Mapped[float | None]
    limit_high: Mapped[float | None]
    assay: Mapped[str] = mapped_column(Text)
    specimen: Mapped[str] = mapped_column(Text)
    sample_time: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    attribution: Mapped[str] = mapped_column(String(20))
    attribution_text: Mapped[str] = mapped_column(Text)
    confirmed_from: Mapped[int | None] = mapped_column(ForeignKey("encounter.id", ondelete="RESTRICT"))
    doubt_confirmed_by: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint(
            "state = 'recorded' OR (number IS NULL AND code IS NULL AND text IS NULL)", name="no_value_unless_recorded"
        ),
        CheckConstraint(
            "state <> 'recorded' OR number IS NOT NULL OR code IS NOT NULL OR text IS NOT NULL",
            name="value_if_recorded",
        ),
        CheckConstraint(
            "(number IS NULL OR code IS NULL) AND (number IS NULL OR text IS NULL) AND (code IS NULL OR text IS NULL)",
            name="one_slot",
        ),
        Index("ix_observation_item_number", "item", "number"),
        Index("ix_observation_confirmed_from", "confirmed_from"),
        # kept in the order of the key, so that a visit's findings lie side by side
        {"sqlite_with_rowid": False},
    )


class MedicineRow(Base):
    """One line of the medicines table of an encounter, in order."""

    __tablename__ = "medicine"
    encounter_id: Mapped[int] = mapped_column(
        ForeignKey("encounter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    dose: Mapped[str] = mapped_column(Text)
    route: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text)
    when: Mapped[str] = mapped_column("when_text", Text)
    supply: Mapped[str] = mapped_column(Text)


class ActionRow(Base):
    """One requested action of an encounter, in order."""

    __tablename__ = "action"
    encounter_id: Mapped[int] = mapped_column(
        ForeignKey("encounter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    group: Mapped[str] = mapped_column("group_code", String(20))
    what: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    by_when: Mapped[str] = mapped_column(Text)


class EncounterVersionRow(Base):
    """A visit as it was signed, word for word; a trigger forbids any change (clinical.md 2.0: never overwritten).

    `document` is canonical JSON, `sha256` the hash of its UTF-8 bytes, `reason` why it replaced the version before.
    """

    __tablename__ = "encounter_version"
    encounter_id: Mapped[int] = mapped_column(
        ForeignKey("encounter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    signed_name: Mapped[str] = mapped_column(Text)
    signed_role: Mapped[str] = mapped_column(Text)
    signed_registration: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftRow(Base):
    """What a person has typed into an encounter and not yet saved (decision 18); not audited key by key.

    `amends` is the signed version that it changes, 0 for a visit that was never signed; `reason` says why.
    """

    __tablename__ = "draft"
    encounter_id: Mapped[int] = mapped_column(
        ForeignKey("encounter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[Json] = mapped_column(JsonText)
    amends: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = {"info": SILENT}


class ResultSeenRow(Base):
    """Who first looked at results that came from outside a visit."""

    __tablename__ = "result_seen"
    encounter_id: Mapped[int] = mapped_column(
        ForeignKey("encounter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormDraftRow(Base):
    """What a person has typed into a form that is no visit: details, a treatment line, an event; not audited.

    `patient_id` and `record_id` are 0 for one that is new, so they refer to nothing.
    """

    __tablename__ = "form_draft"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    form: Mapped[str] = mapped_column(String(40), primary_key=True)
    patient_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[Json] = mapped_column(JsonText)
    __table_args__ = {"info": SILENT}
