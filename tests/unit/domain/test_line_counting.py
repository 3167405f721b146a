"""Lines of therapy are counted as clinical.md 5 says, and what the rule cannot tell is left to the person."""

from dataclasses import replace

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.line_counting import changed_for_toxicity, counted, overlapping, same_class, told
from poems_registry.domain.treatments import LineDrug, TreatmentLine

DIAGNOSED = PartialDate(2022, 3, 10)
LEN_DEX = TreatmentLine(id=1, number=1, name="Len-dex", category="LEN_DEX", start=PartialDate(2022, 4))
RADIOTHERAPY = TreatmentLine(id=2, number=1, name="Radiotherapy", category="RT_RADICAL", start=PartialDate(2022, 4))
IVIG = TreatmentLine(id=3, number=0, name="IVIg", category="IVIG", start=PartialDate(2021, 2))


LATER = PartialDate(2023, 5)


def new(category: str, cause: str = "", start: PartialDate = LATER) -> TreatmentLine:
    return TreatmentLine(name=category, category=category, cause=cause, start=start)


@pytest.mark.parametrize(
    ("line", "others", "number"),
    [
        (new("LEN_DEX", "first"), (), 1),
        (new("LEN_DEX", "first"), (IVIG,), 1),
        (new("DARA_RD", "progression"), (IVIG, LEN_DEX), 2),
        (new("MDEX", "no_response"), (LEN_DEX,), 2),
        (new("DARA_RD", "progression"), (LEN_DEX, replace(LEN_DEX, id=9, number=2, start=PartialDate(2022, 9))), 3),
        (new("IVIG", "", PartialDate(2021)), (LEN_DEX,), 0),
    ],
    ids=["the first", "mistreatment is no line", "relapse", "no response", "after two", "before the diagnosis"],
)
def test_progression_and_lack_of_response_begin_a_new_line(
    line: TreatmentLine, others: tuple[TreatmentLine, ...], number: int
) -> None:
    said = counted(line, others, DIAGNOSED)
    assert (said.number, said.belongs_to, said.settled) == (number, None, True)
    assert said.why.endswith(".")


def test_induction_transplant_and_maintenance_planned_together_are_one_line() -> None:
    said = counted(new("ASCT_MEL200", "planned"), (LEN_DEX,), DIAGNOSED)
    assert (said.number, said.belongs_to, said.flag) == (1, 1, False)


def test_radiotherapy_then_systemic_treatment_is_one_line_if_it_was_planned_else_a_new_one() -> None:
    assert counted(new("LEN_DEX", "planned"), (RADIOTHERAPY,), DIAGNOSED).belongs_to == 1
    assert counted(new("LEN_DEX", "progression"), (RADIOTHERAPY,), DIAGNOSED).number == 2
    open_ = counted(new("LEN_DEX", ""), (RADIOTHERAPY,), DIAGNOSED)
    assert not open_.settled
    assert "same line if it was planned" in open_.why


def test_a_change_for_toxicity_within_the_same_class_stays_in_the_line_and_is_flagged() -> None:
    said = counted(new("THAL_DEX", "toxicity"), (LEN_DEX,), DIAGNOSED)
    assert (said.belongs_to, said.flag) == (1, True)
    assert "immunomodulatory" in said.why


def test_a_change_for_toxicity_to_another_class_is_a_new_line_though_both_have_a_steroid() -> None:
    said = counted(new("VCD", "toxicity"), (LEN_DEX,), DIAGNOSED)
    assert (said.number, said.belongs_to, said.flag) == (2, None, False)
    assert not same_class(LEN_DEX, new("VCD"))


def test_without_a_reason_the_rule_does_not_pretend_to_know() -> None:
    said = counted(new("VCD", ""), (LEN_DEX,), DIAGNOSED)
    assert not said.settled
    assert said.number == 2


def test_a_relapse_with_no_line_before_it_is_said_to_lack_one() -> None:
    assert not counted(new("VCD", "progression"), (), DIAGNOSED).settled


def test_a_line_that_is_corrected_is_not_counted_after_itself() -> None:
    assert counted(replace(LEN_DEX, cause="first"), (LEN_DEX,), DIAGNOSED).number == 1


def test_lines_overlap_only_if_they_surely_do() -> None:
    ended = replace(LEN_DEX, stop=PartialDate(2023, 5))
    assert overlapping(new("VCD", start=PartialDate(2023, 5)), (ended,)) == ()
    assert overlapping(new("VCD", start=PartialDate(2023, 4)), (ended,)) == (ended,)
    assert overlapping(new("VCD", start=PartialDate(2026)), (LEN_DEX,)) == (LEN_DEX,)  # it never stopped
    assert overlapping(new("VCD", start=PartialDate(2021, 3)), (IVIG,)) == ()


def test_a_drug_that_was_not_tolerated_flags_its_line() -> None:
    assert not changed_for_toxicity(LEN_DEX)
    assert changed_for_toxicity(replace(LEN_DEX, drugs=(LineDrug(name="lenalidomide", stop_reason="toxicity"),)))


def test_a_line_is_told_by_number_and_short_name() -> None:
    assert told(LEN_DEX) == "line 1 (Len-dex)"
    assert told(TreatmentLine(number=3)) == "line 3"
