"""Letters: the card of each, and the frozen bytes of those that were signed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import BlankIsNull, Json, JsonText, UtcDateTime


class LetterRow(Base):
    """A letter's card: where it is in its life, and what its author changed."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id", ondelete="RESTRICT"), index=True)
    number: Mapped[str] = mapped_column(BlankIsNull, nullable=True)
    version: Mapped[int]
    row_version: Mapped[int] = mapped_column(info=SILENT)
    state: Mapped[str] = mapped_column(String(20))
    edits: Mapped[Json] = mapped_column(JsonText)
    reference: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    signed_name: Mapped[str] = mapped_column(Text)
    signed_role: Mapped[str] = mapped_column(Text)
    signed_registration: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20), server_default=text("'clinic'"))
    about_on: Mapped[date | None]
    not_for_patient: Mapped[str] = mapped_column(Text, server_default=text("''"))
    withdrawn_because: Mapped[str] = mapped_column(Text, server_default=text("''"))
    __table_args__ = (
        UniqueConstraint("number", "version"),
        CheckConstraint(
            "state NOT IN ('signed', 'dispatched', 'superseded') OR signed_at IS NOT NULL", name="signed_has_signature"
        ),
    )
    __mapper_args__ = {"version_id_col": row_version}


class LetterPageRow(Base):
    """What was signed, byte for byte, with the record it was made from; a trigger forbids any change."""

    __tablename__ = "letter_page"
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("letter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    plain: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    template_version: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    rules: Mapped[Json] = mapped_column(JsonText, server_default=text("'{}'"))


class LetterCopyRow(Base):
    """One copy of a signed letter: who gets it, at which address, and how far it has gone."""

    __tablename__ = "letter_copy"
    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="RESTRICT"), index=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    addressee: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[Json] = mapped_column(JsonText)
    delivery: Mapped[str] = mapped_column(String(20))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    row_version: Mapped[int] = mapped_column(info=SILENT)
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_because: Mapped[str] = mapped_column(Text, server_default=text("''"))
    held_until: Mapped[date | None]
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_by: Mapped[str] = mapped_column(Text, server_default=text("''"))
    __mapper_args__ = {"version_id_col": row_version}


class LetterFormRow(Base):
    """Another form of a signed letter, such as in plain words, frozen when it was first asked for."""

    __tablename__ = "letter_form"
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("letter.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    form: Mapped[str] = mapped_column(String(20), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    plain: Mapped[str] = mapped_column(Text)
    template_version: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
