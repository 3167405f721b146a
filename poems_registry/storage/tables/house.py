"""The registry itself, its people, settings and imports."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import Json, JsonText, UtcDateTime


class RegistryRow(Base):
    """The one row that says which registry this is."""

    __tablename__ = "registry"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[str] = mapped_column(Text)
    training: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    profile: Mapped[Json] = mapped_column(JsonText)
    program: Mapped[str] = mapped_column(Text, default="", info=SILENT)
    version: Mapped[int] = mapped_column(info=SILENT)
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    __mapper_args__ = {"version_id_col": version}


class SettingRow(Base):
    """A clinic threshold or rule (decision 3): the value in force; earlier ones stand in the audit."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    confirmed_by: Mapped[str] = mapped_column(Text, default="")
    confirmed_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class PersonRow(Base):
    """Someone who signs in."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(40))
    profession: Mapped[str] = mapped_column(Text, default="")
    registration: Mapped[str] = mapped_column(Text, default="")
    permissions: Mapped[Json] = mapped_column(JsonText)
    active: Mapped[bool] = mapped_column(default=True)
    failed_attempts: Mapped[int] = mapped_column(default=0, info=SILENT)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=SILENT)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class SavedFilterRow(Base):
    """A filter of the patients list that a person named: theirs alone, on whichever PC they sign in; not audited."""

    __tablename__ = "saved_filter"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(String(80))
    content: Mapped[Json] = mapped_column(JsonText)
    __table_args__ = (UniqueConstraint("person_id", "name"), {"info": SILENT})


class KeyFileRow(Base):
    """The key slots of a registry on a server; a file keeps the same document beside it (reliability 2.3)."""

    __tablename__ = "key_file"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(Text)
    __table_args__ = (CheckConstraint("id = 1", name="only_one"), {"info": SILENT})


class ImportBatchRow(Base):
    """A file that was read in, known by its content, so that nothing is imported twice."""

    __tablename__ = "import_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[str] = mapped_column(Text)
    counts: Mapped[Json] = mapped_column(JsonText)
    __table_args__ = (UniqueConstraint("sha256", "kind"),)
