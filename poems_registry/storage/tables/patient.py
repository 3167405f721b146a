"""A patient and what belongs to the person rather than to one encounter."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from poems_registry.domain.dates import PartialDate
from poems_registry.storage.tables.naming import ONLY, SILENT, Base
from poems_registry.storage.types import BlankIsNull, Json, JsonText, PartialDateText


class PatientRow(Base):
    """Who the person is; every field of `domain.records.Patient`.

    `joined_to` is the record into which this one was merged: it is hidden then, and leads there. `also_found` is what
    the records merged into this one were found by.
    """

    __tablename__ = "patient"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    version: Mapped[int] = mapped_column(info=SILENT)
    study_number: Mapped[str] = mapped_column(BlankIsNull, nullable=True, unique=True)
    family_name: Mapped[str] = mapped_column(Text)
    given_name: Mapped[str] = mapped_column(Text)
    middle_names: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    preferred_name: Mapped[str] = mapped_column(Text)
    salutation: Mapped[str] = mapped_column(Text)
    born: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    age_years: Mapped[int | None]
    age_on: Mapped[date | None] = mapped_column(Date)
    sex: Mapped[str] = mapped_column(String(20))
    gender: Mapped[str] = mapped_column(String(20))
    nhs_number: Mapped[str] = mapped_column(BlankIsNull, nullable=True, unique=True)
    nhs_number_status: Mapped[str] = mapped_column(Text)
    address: Mapped[Json] = mapped_column(JsonText)
    postcode: Mapped[str] = mapped_column(Text)
    address_checked_on: Mapped[date | None] = mapped_column(Date)
    phone: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    practice: Mapped[Json] = mapped_column(JsonText)
    referrer: Mapped[str] = mapped_column(Text)
    ethnicity: Mapped[str] = mapped_column(Text)
    language_need: Mapped[str] = mapped_column(Text)
    print_size: Mapped[int]
    status: Mapped[str] = mapped_column(String(40))
    onset: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    first_seen: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    diagnosed: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    first_label: Mapped[str] = mapped_column(Text)
    clinician_diagnosis: Mapped[str] = mapped_column(Text)
    clinician_diagnosis_reason: Mapped[str] = mapped_column(Text)
    died: Mapped[PartialDate | None] = mapped_column(PartialDateText)
    cause_of_death: Mapped[str] = mapped_column(Text)
    allergy_state: Mapped[str] = mapped_column(String(20))
    allergies: Mapped[Json] = mapped_column(JsonText)
    allergies_updated_on: Mapped[date | None] = mapped_column(Date)
    research_consent: Mapped[str] = mapped_column(Text)
    other_diagnoses: Mapped[Json] = mapped_column(JsonText)
    no_number_reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    previous_names: Mapped[Json] = mapped_column(JsonText, default=list, server_default=text("'[]'"))
    format_need: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    interpreter: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    support_need: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    contact_by: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    needs_checked_on: Mapped[date | None] = mapped_column(Date)
    death_source: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    death_notifier: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    suffix: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    gender_identity: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    joined_to: Mapped[int | None] = mapped_column(index=True)
    also_found: Mapped[str] = mapped_column(Text, default="", server_default=text("''"), info=SILENT)
    search_text: Mapped[str] = mapped_column(Text, info=SILENT)
    sort_name: Mapped[str] = mapped_column(Text, index=True, info=SILENT)
    # A search reads this index instead of whole rows. Only in files: a server limits how long an entry may be, and
    # nobody's long names may keep them from being saved.
    __table_args__ = (Index("ix_patient_listed", "sort_name", "id", "search_text", info={ONLY: "sqlite"}),)
    __mapper_args__ = {"version_id_col": version}


class HospitalNumberRow(Base):
    """A local number; one organisation gives it to one person."""

    __tablename__ = "hospital_number"
    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    issuer: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    __table_args__ = (UniqueConstraint("issuer", "value"),)


class StandingRow(Base):
    """How a patient stands today, for the patients list: a projection that services rebuild, not audited."""

    __tablename__ = "standing"
    patient_id: Mapped[int] = mapped_column(
        ForeignKey("patient.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    features: Mapped[Json] = mapped_column(JsonText)
    verdict: Mapped[str] = mapped_column(String(40))
    verdict_hint: Mapped[str] = mapped_column(Text)
    treatment: Mapped[str] = mapped_column(Text)
    on_treatment: Mapped[bool]
    last_visit: Mapped[date | None] = mapped_column(Date)
    next_due: Mapped[date | None] = mapped_column(Date)
    vegf: Mapped[str] = mapped_column(Text)
    vegf_on: Mapped[date | None] = mapped_column(Date)
    vegf_specimen: Mapped[str] = mapped_column(Text)
    vegf_trail: Mapped[Json] = mapped_column(JsonText)
    letter: Mapped[str] = mapped_column(Text)
    due: Mapped[Json] = mapped_column(JsonText, default=list, server_default=text("'[]'"))
    overdue_from: Mapped[date | None] = mapped_column(Date, index=True)
    good_until: Mapped[date | None] = mapped_column(Date)
    letter_on: Mapped[date | None] = mapped_column(Date)
    alerts: Mapped[Json] = mapped_column(JsonText, default=list, server_default=text("'[]'"))
    __table_args__ = (Index("ix_standing_next_due", "next_due"), {"info": SILENT})


class CohortMemberRow(Base):
    """What cohort summaries ask of a patient: a projection that can be made again at any time, not audited.

    `seq` is the audit's last entry when it was made, `basis` the rules it was made by, `latest` the last day that the
    record speaks of.
    """

    __tablename__ = "cohort_member"
    patient_id: Mapped[int] = mapped_column(
        ForeignKey("patient.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    basis: Mapped[str] = mapped_column(String(64))
    latest: Mapped[date] = mapped_column(Date)
    seq: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"info": SILENT},)
