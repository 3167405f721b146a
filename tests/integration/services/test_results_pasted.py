"""A pasted block on a real encrypted file: all of what the preview showed or nothing, old and new kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.pasted import read_block
from poems_registry.catalogue.pasted_results import Answers, PastePlan, judge
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import EncounterState, PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.results import FROM_SHEET, ResultService
from poems_registry.storage import audit

BLOCK = (
    "Test\tUnit\tRange\t17-Nov-2026\t18-Nov-2026\n"
    "VEGF, serum\tpg/mL\t<771\t640\t<31\n"
    "Haemoglobin\tg/dL\t11.5-16.5\t12.1\t12.3\n"
    "Platelets\t10^9/L\t\t12\t200\n"
)
ITEMS = {1: "vegf_serum", 2: "haemoglobin", 3: "platelets"}
UNITS = {1: "pg/mL", 2: "g/dL", 3: "10^9/L"}
YES = Answers(ITEMS, UNITS, doubts_confirmed=True)


@pytest.fixture
def me(sign_in: Callable[[str], SignedIn]) -> SignedIn:
    return sign_in("rahman")


@pytest.fixture
def file(me: SignedIn) -> PatientFile:
    service = PatientService(me)
    files = [service.open(row.id).file for row in service.find("").rows]
    return next(f for f in files if f.patient.died is None)


def again(me: SignedIn, file: PatientFile) -> PatientFile:
    return PatientService(me).open(file.patient.id).file


def plan(me: SignedIn, file: PatientFile, answers: Answers = YES) -> PastePlan:
    return judge(read_block(BLOCK), answers, again(me, file), me.today)


def test_a_block_becomes_one_sample_a_day_and_a_second_paste_changes_nothing(me: SignedIn, file: PatientFile) -> None:
    service, before = ResultService(me), len(file.encounters)
    counts, changed = service.paste(file.patient.id, BLOCK, YES, plan(me, file))
    assert counts.line == "6 read = 6 new + 0 changed + 0 unchanged + 0 ignored + 0 set aside"
    after = again(me, file)
    added = [e for e in after.encounters if e.id in changed.encounters]
    assert [(e.on, len(e.findings), e.source) for e in added] == [
        (date(2026, 11, 17), 3, FROM_SHEET),
        (date(2026, 11, 18), 3, FROM_SHEET),
    ]
    low = added[0].finding("platelets")
    assert low is not None
    assert low.doubt_confirmed_by == me.person.name
    assert len(after.encounters) == before + 2
    second = plan(me, file)
    assert second.counts.unchanged == 6
    with pytest.raises(NotAllowedNow, match="Nothing in this block"):
        service.paste(file.patient.id, BLOCK, YES, second)


def test_what_differs_is_changed_only_with_a_reason_and_old_and_new_are_kept(me: SignedIn, file: PatientFile) -> None:
    service = ResultService(me)
    typed = VisitDraft(on="18-Nov-2026", fields={"vegf_serum": FieldDraft("700", note="lipaemic")})
    sample, _ = service.record(file.patient.id, typed)
    held = plan(me, file)
    assert (held.counts.set_aside, held.counts.new) == (1, 5)
    change = replace(YES, change_differing=True)
    seen = plan(me, file, change)
    assert (seen.counts.changed, seen.counts.new) == (1, 5)
    with pytest.raises(InvalidInput):
        service.paste(file.patient.id, BLOCK, change, seen, " ")
    service.paste(file.patient.id, BLOCK, change, seen, "final report")
    stored = next(e for e in again(me, file).encounters if e.id == sample.id).finding("vegf_serum")
    assert stored is not None
    assert (stored.value, stored.sign.value, stored.note) == (31.0, "<", "lipaemic")
    with me.store.reading() as session:
        said = [(e.old, e.new) for e in audit.entries(session, file.patient.id) if e.reason == "final report"]
    assert any("700" in old and "31" in new for old, new in said)


def test_what_was_recorded_after_the_preview_stops_the_whole_block(me: SignedIn, file: PatientFile) -> None:
    service, seen = ResultService(me), plan(me, file)
    fields = {"haemoglobin": FieldDraft("130")}
    service.record(file.patient.id, VisitDraft(on="18-Nov-2026", fields=fields))
    before = len(again(me, file).encounters)
    with pytest.raises(StaleRecord):
        service.paste(file.patient.id, BLOCK, YES, seen)
    assert len(again(me, file).encounters) == before


def test_a_result_of_a_signed_visit_is_never_changed_by_a_paste(me: SignedIn, file: PatientFile) -> None:
    signed = next(e for e in reversed(file.counted) if e.state is EncounterState.SIGNED and e.finding("platelets"))
    block = f"Test\tUnit\t{signed.on.isoformat()}\nPlatelets\t10^9/L\t777\n"
    answers = Answers({1: "platelets"}, {1: "10^9/L"}, doubts_confirmed=True, change_differing=True)
    seen = judge(read_block(block), answers, file, me.today)
    assert "amend" in seen.outcomes[0].reason
    with pytest.raises(NotAllowedNow):
        ResultService(me).paste(file.patient.id, block, answers, seen, "why not")


def test_an_administrator_pastes_nothing(sign_in: Callable[[str], SignedIn], file: PatientFile) -> None:
    clerk = sign_in("castellan")
    seen = judge(read_block(BLOCK), YES, file, clerk.today)
    with pytest.raises(NotPermitted):
        ResultService(clerk).paste(file.patient.id, BLOCK, YES, seen)
