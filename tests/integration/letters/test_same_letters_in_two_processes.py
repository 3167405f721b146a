"""The same records give the same letters byte for byte in another process, whatever its hash seed and their order."""

import json
import os
import subprocess
import sys
from pathlib import Path

from poems_registry.domain.correspondence import LetterKind
from poems_registry.letters.plain_words import FORM
from poems_registry.services.training.demo import make_demo
from poems_registry.system.clock import FixedClock
from poems_registry.system.paths import HOME_VARIABLE
from tests.golden.letters.people import NOW
from tests.tree import ROOT

PEOPLE = 4
FORMS = {kind.value for kind in LetterKind} | {FORM, "draft", "large print", "largest print", "amended"}
_MAKE = """
import hashlib, json, sys
from dataclasses import replace
from pathlib import Path
from poems_registry.domain.records import EncounterKind
from poems_registry.pages.pdf import render
from poems_registry.pages.text import to_text
from poems_registry.pages.web import to_html
from poems_registry.rehearsal.every_letter import letters_of
from poems_registry.services import registry
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD, PEOPLE
from poems_registry.system.clock import FixedClock
from tests.golden.letters.more_letters import MORE
from tests.golden.letters.people import CASES, NOW
me = registry.open_registry(Path(sys.argv[1]), PEOPLE[0].user, PASSWORD, FixedClock(NOW))
patients = PatientService(me)
made = [(name, name, make().document()) for name, make in (CASES | MORE).items()]
for row in patients.find(limit=int(sys.argv[2])).rows:
    made += letters_of(me, patients.open(row.id).file)
file = patients.open(patients.find(limit=1).rows[0].id).file
unseen = tuple(replace(each, kind=EncounterKind.SAMPLE) for each in file.encounters)
made += letters_of(me, replace(file, encounters=unseen))  # somebody who never came
me.close()
said = {}
for name, form, document in reversed(made) if sys.argv[3] == "backwards" else made:
    forms = render(document), to_text(document).encode(), to_html(document).encode()
    said[name] = [form, *(hashlib.sha256(each).hexdigest() for each in forms)]
print(json.dumps(said))
"""


def made_by_a_process(place: Path, seed: str, order: str) -> dict[str, list[str]]:
    environment = os.environ | {"PYTHONHASHSEED": seed, HOME_VARIABLE: str(place.parent / f"home-{seed}")}
    done = subprocess.run(
        [sys.executable, "-c", _MAKE, str(place), str(PEOPLE), order],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_every_kind_and_form_of_letter_is_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    place = make_demo(tmp_path / "clinic", 12, 5, FixedClock(NOW)).path
    one = made_by_a_process(place, "1", "forwards")
    other = made_by_a_process(place, "4294967295", "backwards")
    assert one.keys() == other.keys()
    assert {name: one[name] for name in one if one[name] != other[name]} == {}
    missing = FORMS - {form for form, *_ in one.values()}
    assert missing == set()
