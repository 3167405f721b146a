"""Two PCs print at the same moment, each in a process of its own: every copy goes to one printer, and none is lost."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.correspondence import Delivery
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.person import HospitalNumber
from poems_registry.domain.printing import Step
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from poems_registry.system.paths import HOME_VARIABLE
from tests.integration.server.conftest import PASSWORD, Clinic, SignIn
from tests.integration.server.test_printing_at_two_pcs import ANN
from tests.integration.server.test_several_pcs import FIVE
from tests.tree import ROOT

LETTERS = 5
_PC = """
import json, sys
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.locations import ServerAddress
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.registry import open_registry
from poems_registry.system.clock import FixedClock
from tests.integration.server.conftest import NOW, PASSWORD
address, user = sys.argv[1:3]
asked = json.loads(sys.argv[3])  # lists of copies, or the number of a batch that is open
me = open_registry(ServerAddress.read(address), user, PASSWORD, FixedClock(NOW))
printing, handed, refused = PrintService(me), [], []
print("ready", flush=True)
sys.stdin.readline()
def put_out(batch):
    while (job := printing.next(batch)) is not None:
        handed.append([job.item.copy_id, job.item.sha256])
        printing.gone(job.item.id, job.item.row_version)
for each in asked if isinstance(asked, list) else []:
    try:
        batch = printing.begin(each, "Printer of " + user)
    except RegistryError as refusal:
        refused.append([each, str(refusal)])
        continue
    put_out(batch.id)
    now = printing.look(batch.id)
    printing.confirm(batch.id, now.row_version, [item.id for item in now.items if item.step == "gone"])
if isinstance(asked, int):
    put_out(asked)
me.close()
print(json.dumps({"handed": handed, "refused": refused}))
"""


class Pc:
    """A process that has signed in and waits for the word."""

    def __init__(self, clinic: Clinic, user: str, asked: object, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PC, str(clinic.address), user, json.dumps(asked)],
            cwd=ROOT,
            env=os.environ | {HOME_VARIABLE: str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready", self._process.communicate()[1]

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def told(self) -> tuple[list[int], list[tuple[list[int], str]]]:
        """The copies it handed to its printer, and what it was refused, with why."""
        out, error = self._process.communicate(timeout=120)
        assert self._process.returncode == 0, error
        said = json.loads(out)
        return [copy for copy, _ in said["handed"]], [(copies, why) for copies, why in said["refused"]]


def at_once(*pcs: Pc) -> list[tuple[list[int], list[tuple[list[int], str]]]]:
    for pc in pcs:
        pc.wait_until_ready()
    for pc in pcs:
        pc.go()
    return [pc.told() for pc in pcs]


@pytest.fixture
def copies(sign_in: SignIn) -> list[list[int]]:
    """The copies of some signed letters, letter by letter."""
    me = sign_in("osei")
    return [_signed(me, number) for number in range(LETTERS)]


def _signed(me: SignedIn, number: int) -> list[int]:
    numbers = (HospitalNumber(f"0048{number:04d}", "Example Hospital"),)
    person = replace(ANN, family_name=f"Brien{'abcdefgh'[number]}", hospital_numbers=numbers)
    ann, _ = PatientService(me).add(person, another_person=True)
    visits, letters = VisitService(me), LetterService(me)
    visit = visits.open(visits.start(ann.id))
    draft = visit.draft
    for code, text in FIVE.items():
        draft = draft.with_field(code, FieldDraft(text=text))
    signed, _ = visits.sign(visit.encounter.id, ann.id, visit.encounter.version, draft, PASSWORD)
    letter = letters.open(letters.start(signed.id)).letter
    letters.sign(letter.id, letter.row_version, PASSWORD)
    return [copy.id for copy in letters.copies(letter.id)]


def deliveries(me: SignedIn, copies: list[list[int]]) -> set[Delivery]:
    letters = LetterService(me)
    found = [copy for card in letters.board() if card.letter for copy in letters.copies(card.letter.id)]
    assert {copy.id for copy in found} == {copy for each in copies for copy in each}
    return {copy.delivery for copy in found}


def test_of_two_pcs_that_print_the_same_letters_each_letter_comes_out_of_one_and_the_other_is_told(
    clinic: Clinic, sign_in: SignIn, copies: list[list[int]], tmp_path: Path
) -> None:
    here = Pc(clinic, "osei", copies, tmp_path / "here")
    there = Pc(clinic, "lund", [list(reversed(each)) for each in reversed(copies)], tmp_path / "there")
    (first, refused), (second, refused_too) = at_once(here, there)
    assert sorted(first + second) == sorted(copy for each in copies for copy in each)
    told = [sorted(letter) for letter, _ in refused + refused_too]
    assert sorted(told) == sorted(sorted(each) for each in copies)  # each letter was refused at the other PC
    for _, why in refused + refused_too:
        assert "in a batch that is not confirmed yet" in why or "It was printed meanwhile" in why
    me = sign_in("osei")
    assert deliveries(me, copies) == {Delivery.PRINTED}
    assert PrintService(me).open_batches() == ()


def test_of_two_pcs_that_ask_for_the_whole_batch_at_once_one_gets_it(
    clinic: Clinic, sign_in: SignIn, copies: list[list[int]], tmp_path: Path
) -> None:
    every = [copy for each in copies for copy in each]
    here = Pc(clinic, "osei", [every], tmp_path / "here")
    there = Pc(clinic, "lund", [every[::-1]], tmp_path / "there")
    (first, refused), (second, refused_too) = at_once(here, there)
    assert sorted(first + second) == sorted(every)
    assert [len(first), len(second)] in ([len(every), 0], [0, len(every)])
    assert len(refused + refused_too) == 1
    assert deliveries(sign_in("osei"), copies) == {Delivery.PRINTED}


def test_two_pcs_that_put_out_one_batch_hand_every_copy_to_one_printer(
    clinic: Clinic, sign_in: SignIn, copies: list[list[int]], tmp_path: Path
) -> None:
    every = [copy for each in copies for copy in each]
    me = sign_in("osei")
    printing = PrintService(me)
    batch = printing.begin(every, "Neuro Outpatients 2")
    here, there = (Pc(clinic, user, batch.id, tmp_path / user) for user in ("osei", "lund"))
    (first, _), (second, _) = at_once(here, there)
    assert sorted(first + second) == sorted(every)
    assert first
    now = printing.look(batch.id)
    assert {item.step for item in now.items} == {Step.GONE}
    done = printing.confirm(batch.id, now.row_version, [item.id for item in now.items])
    assert done.sums.agree
    assert done.sums.printed == len(every)
