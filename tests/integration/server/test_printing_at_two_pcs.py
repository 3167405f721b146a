"""One batch, two PCs: what one has in hand, another settles only when a person says that it has stopped there."""

from dataclasses import replace

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import StaleRecord, StillAtAPrinter
from poems_registry.domain.person import HospitalNumber, Practice
from poems_registry.domain.printing import PrintBatch, Step
from poems_registry.domain.records import AllergyState, Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_printing import PrintJob, PrintService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from tests.integration.server.conftest import NOW, PASSWORD, SignIn
from tests.integration.server.test_several_pcs import FIVE

ANN = Patient(
    family_name="Brien",
    given_name="Ann",
    born=PartialDate(1960, 5, 4),
    hospital_numbers=(HospitalNumber("00481726", "Example Hospital"),),
    address=("1 Made-up Street", "London"),
    postcode="NE99 1AA",
    address_checked_on=NOW.date(),
    allergy_state=AllergyState.NONE_KNOWN,
    allergies_updated_on=NOW.date(),
    practice=Practice(name="Mill Lane Surgery", address=("2 Mill Lane", "London"), postcode="NE99 1AB"),
)


def at_pc(me: SignedIn, pc: str) -> PrintService:
    return PrintService(replace(me, pc=pc))


@pytest.fixture
def pcs(sign_in: SignIn) -> tuple[PrintService, PrintService]:
    """Two doctors at two PCs, each with their own connection to one registry."""
    return at_pc(sign_in("osei"), "NEURO-3"), at_pc(sign_in("lund"), "HAEM-1")


@pytest.fixture
def batch(pcs: tuple[PrintService, PrintService]) -> PrintBatch:
    """A signed letter with its two copies, asked for at a printer by the first of them."""
    me = pcs[0].signed_in
    ann, _ = PatientService(me).add(ANN)
    visits, letters = VisitService(me), LetterService(me)
    visit = visits.open(visits.start(ann.id))
    draft = visit.draft
    for code, text in FIVE.items():
        draft = draft.with_field(code, FieldDraft(text=text))
    signed, _ = visits.sign(visit.encounter.id, ann.id, visit.encounter.version, draft, PASSWORD)
    opened = letters.open(letters.start(signed.id))
    assert not opened.blocks
    letters.sign(opened.letter.id, opened.letter.row_version, PASSWORD)
    return pcs[0].begin([copy.id for copy in letters.copies(opened.letter.id)], "Neuro Outpatients 2")


def in_hand(printing: PrintService, batch: PrintBatch) -> PrintJob:
    job = printing.next(batch.id)
    assert job is not None
    return job


def steps(printing: PrintService, batch: PrintBatch) -> list[Step]:
    return [item.step for item in printing.batch(batch.id).items]


def test_what_another_person_has_in_hand_is_not_settled_unasked(
    pcs: tuple[PrintService, PrintService], batch: PrintBatch
) -> None:
    here, there = pcs
    job = in_hand(here, batch)
    for act in (there.resume, there.look):
        with pytest.raises(StillAtAPrinter) as refused:
            act(batch.id)
        for words in ("Dr B Osei", "NEURO-3", "20-Nov-2026 10:00", job.item.reference, "Neuro Outpatients 2"):
            assert words in str(refused.value)
    assert steps(there, batch) == [Step.IN_HAND, Step.WAITING]
    assert here.gone(job.item.id, job.item.row_version).step is Step.GONE  # the letter in hand was not disturbed
    there.look(batch.id)
    assert steps(there, batch) == [Step.GONE, Step.WAITING]


def test_the_same_person_at_another_pc_is_asked_too_and_at_the_same_pc_goes_on(
    pcs: tuple[PrintService, PrintService], batch: PrintBatch
) -> None:
    here, _ = pcs
    in_hand(here, batch)
    with pytest.raises(StillAtAPrinter, match="NEURO-3"):
        at_pc(here.signed_in, "WARD-7").resume(batch.id)
    here.resume(batch.id)  # after this PC stopped
    assert steps(here, batch) == [Step.UNCLEAR, Step.WAITING]


def test_a_refused_letter_is_not_tried_again_while_another_is_in_hand_elsewhere(
    pcs: tuple[PrintService, PrintService], batch: PrintBatch
) -> None:
    here, there = pcs
    first = in_hand(here, batch)
    here.failed(first.item.id, first.item.row_version, "The printer stopped.")
    in_hand(here, batch)
    with pytest.raises(StillAtAPrinter):
        there.resume(batch.id)
    assert steps(there, batch) == [Step.FAILED, Step.IN_HAND]


def test_when_a_person_says_it_has_stopped_there_the_other_pc_goes_on_and_nothing_is_printed_twice(
    pcs: tuple[PrintService, PrintService], batch: PrintBatch
) -> None:
    here, there = pcs
    lost = in_hand(here, batch)
    there.resume(batch.id, stopped=True)
    assert steps(there, batch) == [Step.UNCLEAR, Step.WAITING]
    job = in_hand(there, batch)
    assert (job.item.place, job.item.pc) == (2, "HAEM-1")
    there.gone(job.item.id, job.item.row_version)
    with pytest.raises(StaleRecord):
        here.gone(lost.item.id, lost.item.row_version)
    assert here.next(batch.id) is None
    now = there.look(batch.id)
    confirmed = there.confirm(batch.id, now.row_version, [job.item.id])
    assert confirmed.sums.line == "2 asked = 1 printed + 1 not printed = 2 listed"


def test_of_two_pcs_that_ask_for_the_next_letter_at_once_each_copy_is_given_to_one(
    pcs: tuple[PrintService, PrintService], batch: PrintBatch
) -> None:
    here, there = pcs
    given = [in_hand(here, batch).item.place, in_hand(there, batch).item.place]
    assert sorted(given) == [1, 2]
    assert here.next(batch.id) is None
