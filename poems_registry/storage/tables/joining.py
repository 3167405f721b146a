"""Two records of one person made one, with all that is needed to part them again; and who proposed it before."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import Json, JsonText, UtcDateTime


class JoiningRow(Base):
    """`patient_id` is the record that stays. `moved`: table to ids; `taken`: what the staying record had, and got.

    Under `withdrawn` in `taken` stands what the merge took back: open letters, waiting copies, parts in studies.
    """

    __tablename__ = "joining"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    joined_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    moved: Mapped[Json] = mapped_column(JsonText)
    taken: Mapped[Json] = mapped_column(JsonText)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str] = mapped_column(Text)
    undone_because: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class JoiningProposalRow(Base):
    """One person proposes to merge `joined_id` into `patient_id`; another ends it. Kept for good, whatever comes of it.

    The versions are those of the two records when it was proposed. It belongs to both records, so a merge moves it not.
    """

    __tablename__ = "joining_proposal"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    joined_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    patient_version: Mapped[int]
    joined_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(Text)
    ended_because: Mapped[str] = mapped_column(Text)
    joining_id: Mapped[int | None] = mapped_column(ForeignKey("joining.id", ondelete="RESTRICT"))
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}
