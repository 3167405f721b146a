"""First tables: registry, people, patients, encounters, findings, letters, audit.

Revision 0001, after nothing; made 2026-11-22. Imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and the head of an audit without entries."""
    _audit()
    _audit_head()
    _import_batch()
    _key_file()
    _patient()
    _person()
    _registry()
    _setting()
    _encounter()
    _event()
    _hospital_number()
    _standing()
    _cohort_member()
    _treatment_line()
    _action()
    _draft()
    _letter()
    _medicine()
    _observation()
    _letter_page()
    head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("mac"))
    op.bulk_insert(head, [{"id": 1, "seq": 0, "mac": "0" * 64}])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("pc", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("object", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.String(length=120), nullable=False),
        sa.Column("object_version", sa.Integer(), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_patient_id_seq", "audit", ["patient_id", "seq"], unique=False)


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("sha256", "kind", name=op.f("uq_import_batch_sha256_kind")),
    )


def _key_file() -> None:
    op.create_table(
        "key_file",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_key_file_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_file")),
    )


def _patient() -> None:
    op.create_table(
        "patient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("study_number", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("middle_names", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("preferred_name", sa.Text(), nullable=False),
        sa.Column("salutation", sa.Text(), nullable=False),
        sa.Column("born", sa.String(length=12), nullable=True),
        sa.Column("age_years", sa.Integer(), nullable=True),
        sa.Column("age_on", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=20), nullable=False),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("nhs_number", sa.Text(), nullable=True),
        sa.Column("nhs_number_status", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("address_checked_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("practice", sa.Text(), nullable=False),
        sa.Column("referrer", sa.Text(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("language_need", sa.Text(), nullable=False),
        sa.Column("print_size", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("onset", sa.String(length=12), nullable=True),
        sa.Column("first_seen", sa.String(length=12), nullable=True),
        sa.Column("diagnosed", sa.String(length=12), nullable=True),
        sa.Column("first_label", sa.Text(), nullable=False),
        sa.Column("clinician_diagnosis", sa.Text(), nullable=False),
        sa.Column("clinician_diagnosis_reason", sa.Text(), nullable=False),
        sa.Column("died", sa.String(length=12), nullable=True),
        sa.Column("cause_of_death", sa.Text(), nullable=False),
        sa.Column("allergy_state", sa.String(length=20), nullable=False),
        sa.Column("allergies", sa.Text(), nullable=False),
        sa.Column("allergies_updated_on", sa.Date(), nullable=True),
        sa.Column("research_consent", sa.Text(), nullable=False),
        sa.Column("other_diagnoses", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("nhs_number", name=op.f("uq_patient_nhs_number")),
        sa.UniqueConstraint("study_number", name=op.f("uq_patient_study_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_patient_uid")),
    )
    op.create_index(op.f("ix_patient_sort_name"), "patient", ["sort_name"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_patient_listed", "patient", ["sort_name", "id", "search_text"], unique=False)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("user", name=op.f("uq_person_user")),
    )


def _registry() -> None:
    op.create_table(
        "registry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_registry_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry")),
        sa.UniqueConstraint("uid", name=op.f("uq_registry_uid")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _encounter() -> None:
    op.create_table(
        "encounter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("visit_type", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("touched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("signed_role", sa.Text(), nullable=False),
        sa.Column("signed_registration", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("error_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state <> 'signed' OR signed_at IS NOT NULL", name=op.f("ck_encounter_signed_has_signature")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_encounter_author_id_person"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_encounter_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encounter")),
        sa.UniqueConstraint("uid", name=op.f("uq_encounter_uid")),
    )
    op.create_index("ix_encounter_patient_id_day", "encounter", ["patient_id", "day"], unique=False)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("in_error", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_event_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_patient_id"), "event", ["patient_id"], unique=False)


def _hospital_number() -> None:
    op.create_table(
        "hospital_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_hospital_number_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hospital_number")),
        sa.UniqueConstraint("issuer", "value", name=op.f("uq_hospital_number_issuer_value")),
    )
    op.create_index(op.f("ix_hospital_number_patient_id"), "hospital_number", ["patient_id"], unique=False)


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("patient_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("verdict_hint", sa.Text(), nullable=False),
        sa.Column("treatment", sa.Text(), nullable=False),
        sa.Column("on_treatment", sa.Boolean(), nullable=False),
        sa.Column("last_visit", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("vegf", sa.Text(), nullable=False),
        sa.Column("vegf_on", sa.Date(), nullable=True),
        sa.Column("vegf_specimen", sa.Text(), nullable=False),
        sa.Column("vegf_trail", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_standing_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_next_due", "standing", ["next_due"], unique=False)


def _cohort_member() -> None:
    op.create_table(
        "cohort_member",
        sa.Column("patient_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("latest", sa.Date(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_cohort_member_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_cohort_member")),
    )


def _treatment_line() -> None:
    op.create_table(
        "treatment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("start", sa.String(length=12), nullable=True),
        sa.Column("stop", sa.String(length=12), nullable=True),
        sa.Column("stop_reason", sa.Text(), nullable=False),
        sa.Column("cycles_planned", sa.Integer(), nullable=True),
        sa.Column("cycles_given", sa.Integer(), nullable=True),
        sa.Column("steroid", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("in_error", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_treatment_line_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment_line")),
    )
    op.create_index(op.f("ix_treatment_line_patient_id"), "treatment_line", ["patient_id"], unique=False)


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("encounter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_code", sa.String(length=20), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_action_encounter_id_encounter"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("encounter_id", "position", name=op.f("pk_action")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("encounter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_draft_encounter_id_encounter"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("encounter_id", "person_id", name=op.f("pk_draft")),
    )


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("signed_name", sa.Text(), nullable=False),
        sa.Column("signed_role", sa.Text(), nullable=False),
        sa.Column("signed_registration", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('signed', 'dispatched', 'superseded') OR signed_at IS NOT NULL",
            name=op.f("ck_letter_signed_has_signature"),
        ),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_letter_encounter_id_encounter"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_letter_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_letter_number_version")),
    )
    op.create_index(op.f("ix_letter_encounter_id"), "letter", ["encounter_id"], unique=False)
    op.create_index(op.f("ix_letter_patient_id"), "letter", ["patient_id"], unique=False)


def _medicine() -> None:
    op.create_table(
        "medicine",
        sa.Column("encounter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dose", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("when_text", sa.Text(), nullable=False),
        sa.Column("supply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_medicine_encounter_id_encounter"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("encounter_id", "position", name=op.f("pk_medicine")),
    )


def _observation() -> None:
    op.create_table(
        "observation",
        sa.Column("encounter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("instance", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("sign", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reported", sa.Text(), nullable=False),
        sa.Column("reported_unit", sa.Text(), nullable=False),
        sa.Column("limit_low", sa.Double(), nullable=True),
        sa.Column("limit_high", sa.Double(), nullable=True),
        sa.Column("assay", sa.Text(), nullable=False),
        sa.Column("specimen", sa.Text(), nullable=False),
        sa.Column("sample_time", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("attribution", sa.String(length=20), nullable=False),
        sa.Column("attribution_text", sa.Text(), nullable=False),
        sa.Column("confirmed_from", sa.Integer(), nullable=True),
        sa.Column("doubt_confirmed_by", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'recorded' OR number IS NOT NULL OR code IS NOT NULL OR text IS NOT NULL",
            name=op.f("ck_observation_value_if_recorded"),
        ),
        sa.CheckConstraint(
            "state = 'recorded' OR (number IS NULL AND code IS NULL AND text IS NULL)",
            name=op.f("ck_observation_no_value_unless_recorded"),
        ),
        sa.CheckConstraint(
            "(number IS NULL OR code IS NULL) AND (number IS NULL OR text IS NULL) AND (code IS NULL OR text IS NULL)",
            name=op.f("ck_observation_one_slot"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_from"],
            ["encounter.id"],
            name=op.f("fk_observation_confirmed_from_encounter"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_observation_encounter_id_encounter"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("encounter_id", "item", "instance", name=op.f("pk_observation")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_observation_confirmed_from", "observation", ["confirmed_from"], unique=False)
    op.create_index("ix_observation_item_number", "observation", ["item", "number"], unique=False)


def _letter_page() -> None:
    op.create_table(
        "letter_page",
        sa.Column("letter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("template_version", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_page_letter_id_letter"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_page")),
    )
