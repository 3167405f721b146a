"""The public list of GP practices on a real file: loaded whole, found while typed, closed ones said to be closed."""

from pathlib import Path

import pytest

from poems_registry.domain.errors import NotPermitted
from poems_registry.domain.proposals import Counts
from poems_registry.intake.practices import NotThatList
from poems_registry.services.practices import PracticeService
from poems_registry.storage import audit
from tests.integration.services.conftest import SignIn

LIST = Path(__file__).parents[2] / "data" / "practices" / "list.csv"


def test_a_list_is_loaded_and_a_practice_found_by_code_name_or_postcode(sign_in: SignIn) -> None:
    service = PracticeService(sign_in("castellan"))
    loaded = service.load(LIST)
    assert loaded.counts == Counts(read=4, new=3, ignored=1)
    assert loaded.refused == ()
    for typed in ("zz9901", "sampleford", "surg sample", "LN99 1AA", "ln991aa"):
        (found,) = service.find(typed)
        assert (found.code, found.name, found.address) == (
            "ZZ9901", "Sampleford Surgery", ("1 Surgery Walk", "Sampleford"),
        )  # fmt: skip
    (closed,) = service.find("modelham")
    assert (closed.status, str(closed.closed_on)) == ("closed", "2024-03-31")
    assert service.find("exampley") == service.find("  ") == ()


def test_a_newer_list_keeps_what_it_does_not_name_any_more_as_gone(sign_in: SignIn, tmp_path: Path) -> None:
    service = PracticeService(sign_in("castellan"))
    service.load(LIST)
    newer = tmp_path / "newer.csv"
    kept = LIST.read_text(encoding="utf-8").replace("CHAPEL HILL", "LARCH AVENUE").splitlines(keepends=True)
    newer.write_text("".join(kept[1:]), encoding="utf-8")
    done = service.load(newer)
    assert (done.counts, done.gone) == (Counts(read=3, changed=1, unchanged=1, ignored=1), 1)
    assert service.find("ZZ9901")[0].status == "gone"
    assert service.find("ZZ9903")[0].address == ("3 Larch Avenue", "Trialcombe")


def test_a_file_of_another_shape_changes_nothing(sign_in: SignIn, tmp_path: Path) -> None:
    service = PracticeService(sign_in("castellan"))
    service.load(LIST)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text('"ZZ9909","A SURGERY"\n', encoding="utf-8")
    with pytest.raises(NotThatList, match="row 1 has 2 columns"):
        service.load(wrong)
    assert [each.code for each in service.find("zz99")] == ["ZZ9901", "ZZ9903", "ZZ9902"]
    with service.signed_in.store.reading() as session:
        assert next(audit.entries(session)).object == "practice_list"
    with pytest.raises(NotPermitted):
        PracticeService(sign_in("okoro")).load(LIST)
