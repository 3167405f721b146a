"""Everything about treatment comes back as it was kept, each entry under its own version, and nothing is deleted."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotFound, StaleRecord
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
    parts_of,
)
from poems_registry.storage import audit, files, patients, treatments
from poems_registry.storage.tables.trail import AuditRow
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, NURSE

LINE = TreatmentLine(
    number=1,
    name="Lenalidomide and dexamethasone, then transplant",
    category="ASCT_MEL200",
    start=PartialDate(2024, 5),
    intent="radical",
    cause="first",
    planned=("induction", "transplant", "maintenance"),
    trial=True,
    trial_name="OPTIMUM",
    dose_intensity="reduced to 15 mg in cycle 3",
    origin=Origin.CORRECTION,
    drugs=(
        LineDrug(
            name="lenalidomide", dose=12.5, unit="mg", route="by mouth", schedule="days 1 to 21 of 28",
            part="induction", start=PartialDate(2024, 5, 3), stop=PartialDate(2024, 9), stop_reason="toxicity",
            note="rash",
        ),
        LineDrug(name="dexamethasone"),
    ),
    radiotherapy=(
        RadiotherapyCourse(site="sacrum", dose_gy=45.0, fractions=25, start=PartialDate(2024, 4), note="well"),
    ),
    transplants=(
        Transplant(
            mobilised=PartialDate(2024, 10), mobilisation="gcsf", cd34=4.2, melphalan=200,
            infused=PartialDate(2024, 11, 5), neutrophils=PartialDate(2024, 11, 16),
            platelets=PartialDate(2024, 11, 18), engraftment_syndrome=True,
        ),
    ),
)  # fmt: skip
CARE = SupportiveCare(kind="thromboprophylaxis", what="aspirin 75 mg", start=PartialDate(2024, 5), note="GP")
RELAPSE = Event(
    kind="relapse", on=PartialDate(2025, 6), domains=("vegf", "clinical"), symptomatic=True, treated=False, note="feet"
)
ADMITTED = Event(
    kind="admission", on=PartialDate(2025, 8, 1), until=PartialDate(2025, 8, 9), intensive=False, sort="x", cause="y",
    origin=Origin.LINKAGE,
)  # fmt: skip


def added(store: Store) -> PatientFile:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN).id
        treatments.add(session, [replace(LINE, patient_id=ann)])
        treatments.add(session, [replace(CARE, patient_id=ann)])
        treatments.add(session, [replace(event, patient_id=ann) for event in (RELAPSE, ADMITTED)])
    return again(store, ann)


def again(store: Store, patient_id: int) -> PatientFile:
    with store.reading() as session:
        return files.load_file(session, patient_id)


def bare(entry: Entry) -> Entry:
    """Without what the registry gives."""
    own: dict[str, object] = {"id": 0, "patient_id": 0, "version": 1}
    if hasattr(entry, "line_id"):
        own["line_id"] = 0
    if isinstance(entry, TreatmentLine):
        for name in treatments.PARTS:
            own[name] = tuple(bare(part) for part in getattr(entry, name))
    return replace(entry, **own)  # type: ignore[arg-type]


def test_a_line_with_all_its_parts_comes_back_as_it_was(store: Store) -> None:
    file = added(store)
    assert [bare(line) for line in file.lines] == [
        replace(LINE, drugs=(LINE.drugs[1], LINE.drugs[0]))  # the one without a start stands first
    ]
    assert [bare(care) for care in file.supportive] == [CARE]
    assert [bare(event) for event in file.events] == [RELAPSE, ADMITTED]


def test_a_part_has_a_version_of_its_own(store: Store) -> None:
    file = added(store)
    drug = file.lines[0].drugs[1]
    with store.writing(NURSE) as session:
        treatments.save(session, replace(drug, dose=10.0))
    changed = again(store, file.patient.id).lines[0]
    assert (changed.version, changed.drugs[1].version, changed.drugs[1].dose) == (1, 2, 10.0)
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        treatments.save(session, replace(drug, dose=5.0))


def test_a_line_that_is_withdrawn_takes_its_parts_out_of_sight_and_keeps_them(store: Store) -> None:
    file = added(store)
    with store.writing(NURSE, "entered for the wrong person") as session:
        treatments.retract(session, file.lines[0])
    assert again(store, file.patient.id).lines == ()
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM line_drug")).scalar() == 2
    with pytest.raises(NotFound), store.writing(NURSE) as session:
        treatments.save(session, file.lines[0])


def test_every_part_is_withdrawn_and_never_deleted(store: Store) -> None:
    file = added(store)
    line = file.lines[0]
    everything: tuple[Entry, ...] = (*parts_of(line), *file.supportive, *file.events)
    for entry in everything:
        with store.writing(NURSE, "entered twice") as session:
            treatments.retract(session, entry)
    left = again(store, file.patient.id)
    assert (left.supportive, left.events) == ((), ())
    assert treatments.PARTS == ("drugs", "radiotherapy", "transplants")
    assert not any(getattr(left.lines[0], name) for name in treatments.PARTS)
    with store.engine.connect() as connection:
        for table in ("line_drug", "radiotherapy", "transplant", "supportive_care", "event"):
            with pytest.raises(Exception, match=f"{table}_no_delete"):
                connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - the names stand two lines above
            connection.rollback()


def test_every_entry_stands_in_the_audit_under_the_patient(store: Store) -> None:
    file = added(store)
    with store.reading() as session:
        query = select(AuditRow.object).where(AuditRow.patient_id == file.patient.id).distinct()
        seen = set(session.scalars(query))
        assert audit.verify(session, AUDIT_KEY) == []
    assert seen >= {"treatment_line", "line_drug", "radiotherapy", "transplant", "supportive_care", "event"}
