"""The GP practices of a list that the clinic loaded, and which lists were loaded when."""

from datetime import date, datetime

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import Json, JsonText, UtcDateTime


class PracticeRow(Base):
    """One practice by its ODS code; a copy of a public list, so not audited row by row."""

    __tablename__ = "practice"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[Json] = mapped_column(JsonText)
    postcode: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    closed_on: Mapped[date | None] = mapped_column(Date)
    search_text: Mapped[str] = mapped_column(Text)
    __table_args__ = {"info": SILENT}


class PracticeListRow(Base):
    """One loading of a list: which file, of which day, by whom."""

    __tablename__ = "practice_list"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    listed_on: Mapped[date | None] = mapped_column(Date)
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    loaded_by: Mapped[str] = mapped_column(Text)
    practices: Mapped[int]
