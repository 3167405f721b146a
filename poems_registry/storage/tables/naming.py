"""The root of all tables: constraint names that are the same on both engines and can be dropped later (trap 14)."""

from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

SCHEMA = "0013"
"""The revision these tables need; equal to the newest file in `migrations/versions` (a test says so)."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SILENT = {"audited": False}
"""Marks a table or column as bookkeeping whose changes are not audited."""

ONLY = "only"
"""In an index's info: the one engine that has it."""


class Base(DeclarativeBase):
    """Every table of the registry."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
