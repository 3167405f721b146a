"""Treatment: lines with their drugs, radiotherapy and transplants, supportive care, and the events of the illness.

Each row has its own version; what was entered in error is withdrawn, never deleted. Columns are named as the fields of
`domain.treatments`.
"""

from sqlalchemy import Boolean, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.domain.dates import PartialDate
from poems_registry.storage.tables.naming import SILENT, Base
from poems_registry.storage.types import Json, JsonText, PartialDateText

EMPTY, NO_LIST = text("''"), text("'[]'")
"""What rows say that are older than the column (revision 0003)."""


class TreatmentLineRow(Base):
    """A planned programme of treatment."""

    __tablename__ = "treatment_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    start: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop_reason: Mapped[str] = mapped_column(Text)
    cycles_planned: Mapped[int | None]
    cycles_given: Mapped[int | None]
    steroid: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    intent: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    cause: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    planned: Mapped[Json] = mapped_column(JsonText, server_default=NO_LIST)
    trial: Mapped[bool | None]
    trial_name: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    dose_intensity: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    origin: Mapped[str] = mapped_column(String(20), server_default=EMPTY)
    __mapper_args__ = {"version_id_col": version}


class LineDrugRow(Base):
    """One drug of a line at one dose."""

    __tablename__ = "line_drug"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("treatment_line.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(Text)
    dose: Mapped[float | None]
    unit: Mapped[str] = mapped_column(Text)
    route: Mapped[str] = mapped_column(Text)
    schedule: Mapped[str] = mapped_column(Text)
    part: Mapped[str] = mapped_column(String(40))
    start: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop_reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class RadiotherapyRow(Base):
    """One course of radiotherapy to one site."""

    __tablename__ = "radiotherapy"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("treatment_line.id", ondelete="RESTRICT"), index=True)
    site: Mapped[str] = mapped_column(Text)
    dose_gy: Mapped[float | None]
    fractions: Mapped[int | None]
    start: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class TransplantRow(Base):
    """One autologous stem cell transplant, from mobilisation to engraftment."""

    __tablename__ = "transplant"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("treatment_line.id", ondelete="RESTRICT"), index=True)
    mobilised: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    mobilisation: Mapped[str] = mapped_column(Text)
    cd34: Mapped[float | None]
    melphalan: Mapped[int | None]
    infused: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    neutrophils: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    platelets: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    engraftment_syndrome: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class SupportiveCareRow(Base):
    """What supports a person beside the lines of therapy."""

    __tablename__ = "supportive_care"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(Text)
    start: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    stop_reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    __mapper_args__ = {"version_id_col": version}


class EventRow(Base):
    """Something that happened on a day."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    day: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    note: Mapped[str] = mapped_column(Text)
    in_error: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(info=SILENT)
    domains: Mapped[Json] = mapped_column(JsonText, server_default=NO_LIST)
    symptomatic: Mapped[bool | None]
    treated: Mapped[bool | None]
    intensive: Mapped[bool | None]
    until: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    sort: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    cause: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    origin: Mapped[str] = mapped_column(String(20), server_default=EMPTY)
    __mapper_args__ = {"version_id_col": version}
