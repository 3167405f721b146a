"""How it began stands in the letter of a first visit, as it was written, and in no other."""

from dataclasses import replace

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import VisitType
from tests.golden.letters.people import Case, new_patient

WRITTEN = Finding("history", "Your feet became numb, and then weak.")
FIRST = Finding("first_symptom", PartialDate(2024, 3))


def said(*findings: Finding, kind: VisitType = VisitType.NEW, referrer: str = "Dr B North") -> str:
    case: Case = new_patient()
    visit = replace(case.encounter, visit_type=kind, findings=findings)
    file = replace(case.file, patient=replace(case.file.patient, referrer=referrer))
    return replace(case, file=file, encounter=visit).text()


def test_the_history_of_a_first_visit_is_told_with_when_it_began() -> None:
    told = "The first symptom came in March 2024.\n\nYour feet became numb"
    assert f"How it began\n\n{told}" in said(WRITTEN, FIRST)


def test_who_referred_is_told_at_a_first_visit_with_or_without_a_history_but_not_where_they_live() -> None:
    referrer = "Dr B North, neurologist\nSample Infirmary\n2 Infirmary Road\nSampleford"
    for findings in ((), (WRITTEN,)):
        text = said(*findings, referrer=referrer)
        assert "Referred by Dr B North, neurologist, Sample Infirmary." in text
        assert "Infirmary Road" not in text
        assert "Referred by" not in said(*findings, referrer="")
    assert "Referred by" not in said(kind=VisitType.FOLLOW_UP)


def test_what_is_not_recorded_of_it_is_left_out_and_nothing_is_put_in_its_place() -> None:
    text = said(WRITTEN, Finding("first_symptom", state=State.UNKNOWN), referrer="")
    assert "How it began\n\nYour feet became numb, and then weak." in text


def test_without_words_of_its_own_and_in_later_letters_there_is_no_such_part() -> None:
    assert "How it began" not in said(FIRST)
    assert "How it began" not in said(WRITTEN, FIRST, kind=VisitType.FOLLOW_UP)
