"""A profession's contact leaves and comes back as what it is, and no file changes one that is closed."""

from datetime import date
from pathlib import Path

import pytest

from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.encounter_kinds import CONTACTS
from poems_registry.domain.records import Encounter, EncounterKind
from poems_registry.services.access import SignedIn
from poems_registry.services.exports import ExportService
from poems_registry.services.imports import ImportKind, ImportRefused, ImportService
from poems_registry.services.training.demo import fill
from poems_registry.services.visits import VisitService
from tests.integration.exchange.conftest import Opened
from tests.integration.exchange.test_exports import PURPOSE, edited, everyone, said


@pytest.fixture
def clinic(opened: Opened) -> SignedIn:
    """A training clinic of a few made-up patients."""
    signed_in = opened("clinic")
    fill(signed_in, 3, 1, date(2026, 11, 20))
    return signed_in


def test_a_contact_of_every_profession_travels_with_its_kind_who_closed_it_and_its_findings(
    clinic: SignedIn, opened: Opened, tmp_path: Path
) -> None:
    visits, patient = VisitService(clinic), everyone(clinic)[0].patient
    born: dict[EncounterKind, Encounter] = {}
    for kind in CONTACTS:
        encounter = visits.open(visits.start_contact(patient.id, kind)).encounter
        words = {"contact_reason": FieldDraft(text=f"seen by {kind}"), "leaflets": FieldDraft(text="Feet; Exercise")}
        form = VisitDraft(on="19-Nov-2026", visit_type="follow_up", seen_by=("P Rees",), fields=words)
        born[kind], _ = visits.close(encounter.id, patient.id, encounter.version, form)
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)
    other = opened("other")
    ImportService(other).carry_out(ImportKind.FINDINGS, [tmp_path / "all.csv"])
    assert [said(f).encounters for f in everyone(other)] == [said(f).encounters for f in everyone(clinic)]
    came = {e.uid: e for file in everyone(other) for e in file.encounters}
    for kind, contact in born.items():
        there = came[contact.uid]
        assert (there.kind, there.signature, there.closed) == (kind, contact.signature, True)


def test_a_closed_contact_is_never_changed_by_a_file(clinic: SignedIn, tmp_path: Path) -> None:
    visits, patient = VisitService(clinic), everyone(clinic)[0].patient
    encounter = visits.open(visits.start_contact(patient.id, EncounterKind.PHYSIOTHERAPY)).encounter
    form = VisitDraft(on="19-Nov-2026", fields={"walk_10m": FieldDraft(text="12.4")})
    contact, _ = visits.close(encounter.id, patient.id, encounter.version, form)
    ExportService(clinic).transfer(tmp_path / "all.csv", PURPOSE)

    def slower(row: dict[str, str]) -> None:
        if row["encounter_uid"] == contact.uid and row["item"] == "walk_10m":
            row["number"], row["recorded_at"] = "30.0", "2027-01-01T00:00:00+00:00"

    file = edited(tmp_path / "all.csv", slower)
    with pytest.raises(ImportRefused) as refused:
        ImportService(clinic).carry_out(ImportKind.FINDINGS, [file])
    assert ["amended by hand" in each.reason for each in refused.value.report.refused] == [True]
