"""The public list of GP practices, row by row: taken, ignored, or refused with the reason; nothing is guessed."""

import pytest

from poems_registry.intake.practices import NotThatList, read

SURGERY = (
    '"ZZ9901","SAMPLEFORD SURGERY","Y99","Q99","1 SURGERY WALK","SAMPLEFORD","","","","LN99 1AA","19990401","","A","B",'
    '"00X","19990401","","020 7946 0211","","","","0","","00X","","4",""'
)


def rows(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def test_every_row_is_read_once_and_has_one_fate() -> None:
    walk_in = SURGERY.replace("ZZ9901", "ZZ9902").replace(',"4",', ',"2",')
    found = read(rows(SURGERY, "", walk_in, SURGERY, '"ZZ9903","X"'))
    assert found.rows == 4
    assert [cells[0] for _, cells in found.practices] == ["ZZ9901"]
    assert found.ignored == (3,)
    assert {each.number: each.reason for each in found.refused} == {
        4: "names a code that stands in a row above",
        5: "has 2 columns, the list of practices has 27",
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"SAMPLEFORD SURGERY"', '""', "lacks a code, a name or a known state"),
        ('"A","B"', '"X","B"', "lacks a code, a name or a known state"),
        ('"","A"', '"20241399","A"', "has a closing date that is none"),
        ("ZZ9902", "ZZ99020000000", "has a code that is too long to be one"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_and_the_others_are_read(old: str, new: str, reason: str) -> None:
    wrong = SURGERY.replace("ZZ9901", "ZZ9902").replace(old, new)
    found = read(rows(SURGERY, wrong))
    assert len(found.practices) == 1
    (refused,) = found.refused
    assert (refused.number, refused.reason) == (2, reason)
    assert "SAMPLEFORD" not in refused.reason


def test_capitals_of_the_list_are_written_as_letters_write_them_and_other_spellings_are_kept() -> None:
    ((_, cells),) = read(rows(SURGERY.replace("SAMPLEFORD SURGERY", "THE DOCTOR'S HOUSE"))).practices
    assert cells[1] == "The Doctor's House"
    ((_, cells),) = read(rows(SURGERY.replace("SAMPLEFORD SURGERY", "McDonald Practice"))).practices
    assert cells[1] == "McDonald Practice"


@pytest.mark.parametrize("data", [b"", b"a,b,c\r\n1,2,3", b"\xff\xfe\x00"])
def test_another_file_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(NotThatList, match="Nothing was changed"):
        read(data)
