"""While treatment is typed the form counts the line, tells cautions, asks once, and loses nothing."""

from dataclasses import replace

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotFound, StaleRecord
from poems_registry.domain.merging import Side
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.domain.treatments import Entry, RadiotherapyCourse, TreatmentLine
from poems_registry.services.form_drafts import FormKey
from poems_registry.ui.screens.record.treatment.forms import ITS_DRUGS
from poems_registry.ui.screens.record.treatment.telling import What
from tests.unit.ui.screens.treatment_fakes import ANN, EVENT, FILE, FULL, Desk, Service, typed


def about(desk: Desk) -> list[str]:
    return [note.about for note in desk.screen.notes]


def test_the_form_of_a_line_says_how_the_rule_counts_it_and_why() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    desk.type(category="VCD", cause="progression", start="Oct 2026")
    assert about(desk)[0] == "Line 3"
    assert desk.screen.notes[0].words == "A change for relapse or progression begins a new line."
    assert desk.screen.filled["number"] == "3"
    desk.type(category="LEN_DEX", cause="toxicity", start="Oct 2026")
    assert about(desk)[0] == "Part of line 2 (Dara-Rd)"
    assert desk.screen.notes[0].line_id == 4
    assert desk.screen.notes[0].source


def test_a_regimen_that_is_chosen_proposes_its_words_and_its_drugs() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    desk.type(category="VCD")
    assert desk.screen.filled["name"] == "Bortezomib, cyclophosphamide and dexamethasone"
    assert desk.screen.filled[ITS_DRUGS] == "bortezomib, cyclophosphamide, dexamethasone"
    texts = typed(desk.screen.fields, **(desk.screen.filled | {"category": "VCD", ITS_DRUGS: "bortezomib"}))
    desk.presenter.save(texts)
    (kept,) = desk.service.kept
    assert isinstance(kept, TreatmentLine)
    assert [(each.name, each.route, each.dose) for each in kept.drugs] == [("bortezomib", "under the skin", None)]


def test_what_belongs_to_a_line_can_be_added_there_instead() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    desk.type(category="LEN_DEX", cause="toxicity", start="Oct 2026")
    desk.type(category="LEN_DEX", cause="toxicity", start="Oct 2026")
    desk.presenter.instead(4)
    assert desk.screen.title == "Add a drug to line 2 (Dara-Rd)"
    assert desk.screen.filled == {"name": "lenalidomide", "unit": "mg", "route": "by mouth"}


def test_cautions_are_told_while_a_drug_is_typed_each_with_its_source() -> None:
    desk = Desk()
    desk.presenter.add(What.DRUG, 4)
    assert about(desk) == []
    desk.type(name="bortezomib")
    assert about(desk) == ["Bortezomib"]
    assert "neuropathy" in desk.screen.notes[0].words
    assert desk.screen.notes[0].source
    assert desk.screen.filled == {"unit": "mg/m²", "route": "under the skin"}


def test_a_drug_that_ends_for_progression_says_that_a_new_line_follows() -> None:
    desk = Desk()
    desk.presenter.change(What.DRUG, 5)
    desk.type(stop_reason="progression")
    assert about(desk)[0] == "A new line follows"
    desk.type(stop_reason="toxicity")
    assert about(desk)[0] == "Flagged: changed for toxicity"


def test_what_is_unusual_is_asked_and_saved_by_a_second_press_only_as_it_was_asked() -> None:
    desk = Desk(Service(refuse=Doubtful(("Melphalan is usually 200 or 140 mg/m².",))))
    desk.presenter.change(What.TRANSPLANT, 8)
    texts = typed(desk.screen.fields, melphalan="100")
    desk.presenter.save(texts)
    assert desk.screen.doubts == ("Melphalan is usually 200 or 140 mg/m².",)
    desk.service.refuse = None
    desk.presenter.save(texts)
    assert desk.service.confirmed == ("Melphalan is usually 200 or 140 mg/m².",)


def test_typing_on_takes_back_what_was_confirmed() -> None:
    desk = Desk(Service(refuse=Doubtful(("Melphalan is usually 200 or 140 mg/m².",))))
    desk.presenter.change(What.TRANSPLANT, 8)
    desk.presenter.save(typed(desk.screen.fields, melphalan="100"))
    desk.type(melphalan="20")
    assert desk.screen.doubts == ()
    desk.service.refuse = None
    desk.presenter.save(typed(desk.screen.fields, melphalan="20"))
    assert desk.service.confirmed == ()


def test_a_part_is_added_to_the_line_with_the_bar_and_to_none_where_there_is_none() -> None:
    desk = Desk()
    desk.presenter.add(What.RADIOTHERAPY, 4)
    desk.presenter.save(typed(desk.screen.fields, site="sacrum"))
    assert desk.service.kept == [RadiotherapyCourse(patient_id=1, line_id=4, site="sacrum")]
    empty = Desk(file=PatientFile(ANN))
    empty.presenter.add(What.TRANSPLANT, 0)
    assert not empty.screen.open


def test_a_problem_that_no_field_shows_is_said_over_the_form() -> None:
    desk = Desk(Service(refuse=InvalidInput({"line_id": "is no line of this person any more"})))
    desk.presenter.change(What.DRUG, 5)
    desk.presenter.save(typed(desk.screen.fields))
    assert "is no line of this person any more" in desk.screen.words


def test_a_problem_of_a_part_stands_at_the_field_that_shows_it() -> None:
    desk = Desk(Service(refuse=InvalidInput({"sort": "is needed"})))
    desk.presenter.change(What.EVENT, 10)
    desk.presenter.typed(typed(desk.screen.fields))
    desk.presenter.save(typed(desk.screen.fields))
    assert set(desk.screen.problems) == {"sort_second_cancer"}


def test_what_was_typed_is_kept_and_stands_in_the_form_again_after_a_lock() -> None:
    desk = Desk()
    desk.presenter.add(What.DRUG, 4)
    desk.type(name="bortezomib", dose="1.3")
    assert desk.screen.reminded == 1
    desk.presenter.closed()  # as a lock does, before the timer ran out
    assert list(desk.shelf.left) == [FormKey("line_drug", 1, -4)]
    desk.presenter.add(What.DRUG, 4)
    assert (desk.screen.filled["name"], desk.screen.filled["dose"]) == ("bortezomib", "1.3")
    assert desk.screen.words.startswith("You typed this until 22-Nov-2026")
    assert about(desk) == ["Bortezomib"]


def test_a_form_that_was_saved_or_dropped_leaves_nothing_behind() -> None:
    desk = Desk()

    def save() -> None:
        desk.presenter.save(typed(desk.screen.fields, kind="dvt", on="2025"))

    for settle in (save, desk.presenter.dropped):
        desk.presenter.add(What.EVENT)
        desk.type(kind="dvt", on="2025")
        desk.presenter.woken()
        assert list(desk.shelf.left) == [FormKey("event", 1, 0)]
        settle()
        desk.presenter.closed()
        desk.presenter.woken()
        assert desk.shelf.left == {}


def test_what_could_not_be_saved_goes_on_being_kept() -> None:
    desk = Desk(Service(refuse=InvalidInput({"on": "lies in the future"})))
    desk.presenter.add(What.EVENT)
    desk.type(kind="dvt", on="2025")
    desk.presenter.save(typed(desk.screen.fields, kind="dvt", on="2025"))
    desk.presenter.woken()
    assert list(desk.shelf.left) == [FormKey("event", 1, 0)]


def test_a_form_left_before_somebody_changed_the_entry_says_so() -> None:
    desk = Desk()
    key = FormKey("event", 1, 6)
    desk.shelf.keep(key, {"texts": {"note": "mine"}, "version": 1})
    desk.presenter.change(What.EVENT, 6)
    assert desk.screen.filled["note"] == "mine"
    assert "was changed since" in desk.screen.words
    desk.shelf.keep(key, {"something": "else"})
    desk.presenter.change(What.EVENT, 6)
    assert desk.screen.filled == {}


def left_and_opened_again(theirs: Entry, **mine: str) -> Desk:
    """One types into line 4 and leaves it; a colleague saves `theirs`; the form is opened again."""
    before = Desk()
    before.presenter.change(What.LINE, 4)
    before.type(**mine)
    before.presenter.closed()
    assert isinstance(theirs, TreatmentLine)
    desk = Desk(shelf=before.shelf, file=replace(FILE, lines=(theirs,)))
    desk.presenter.change(What.LINE, 4)
    return desk


def test_a_form_left_behind_never_overwrites_what_a_colleague_saved_since() -> None:
    theirs = replace(FULL, stop=PartialDate(2026, 8, 1), stop_reason="progression", cycles_given=12, version=4)
    desk = left_and_opened_again(theirs, note="weekly, tolerated")
    assert desk.screen.conflict is None
    assert "Their changes and yours are shown" in desk.screen.words
    desk.presenter.save(typed(desk.screen.fields, **desk.screen.filled))
    assert desk.service.kept == [replace(theirs, note="weekly, tolerated")]


def test_where_a_form_left_behind_and_a_colleague_changed_the_same_field_the_person_is_asked() -> None:
    theirs = replace(FULL, stop_reason="progression", cycles_given=12, version=4)
    desk = left_and_opened_again(theirs, stop_reason="toxicity")
    conflict = desk.screen.conflict
    assert conflict is not None
    assert [line.key for line in conflict.lines] == ["stop_reason"]
    assert conflict.taken == ("Taken from theirs: Cycles given: 12",)
    desk.service.refuse = StaleRecord()  # as the registry says to whoever saves without having answered
    desk.service.theirs = theirs
    desk.presenter.save(typed(desk.screen.fields, **desk.screen.filled))
    assert desk.screen.conflict is not conflict  # asked again
    assert desk.service.kept == []
    desk.presenter.settled({"stop_reason": Side.THEIRS})
    desk.service.refuse = None
    desk.presenter.save(desk.screen.filled)
    assert desk.service.kept == [theirs]


def test_a_form_left_unanswered_is_asked_again_and_keeps_the_version_it_began_with() -> None:
    theirs = replace(FULL, stop_reason="progression", version=4)
    desk = left_and_opened_again(theirs, stop_reason="toxicity")
    desk.presenter.closed()  # a lock, before the question was answered
    again = Desk(shelf=desk.shelf, file=desk.file)
    again.presenter.change(What.LINE, 4)
    assert again.screen.conflict is not None
    (kept,) = again.shelf.left.values()
    assert kept.content["version"] == 3
    assert kept.content["typed"] == {"stop_reason": "toxicity"}


def test_a_form_that_an_older_program_kept_opens_and_asks_where_it_differs_from_the_record() -> None:
    theirs = replace(FULL, cycles_given=12, version=4)
    desk = Desk(file=replace(FILE, lines=(theirs,)))
    older = Desk()
    older.presenter.change(What.LINE, 4)
    texts = typed(older.screen.fields, note="weekly, tolerated")
    desk.shelf.keep(FormKey("treatment_line", 1, 4), {"texts": texts, "version": 3})
    desk.presenter.change(What.LINE, 4)
    conflict = desk.screen.conflict
    assert conflict is not None
    assert {(line.before, line.mine, line.theirs) for line in conflict.lines} == {
        ("not kept", "11", "12"),
        ("not kept", "weekly, tolerated", "weekly"),
    }
    desk.presenter.settled({"cycles_given": Side.THEIRS, "note": Side.MINE})
    desk.presenter.save(desk.screen.filled)
    assert desk.service.kept == [replace(theirs, note="weekly, tolerated")]


def test_what_only_somebody_else_changed_is_taken_and_saved_with_ones_own() -> None:
    theirs = replace(FULL, dose_intensity="two delays", version=9)
    desk = Desk(Service(refuse=StaleRecord(), theirs=theirs))
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields, cycles_given="12"))
    assert desk.screen.conflict is None
    assert (desk.screen.filled["dose_intensity"], desk.screen.filled["cycles_given"]) == ("two delays", "12")
    assert "look, then save again" in desk.screen.words
    desk.service.refuse = None
    desk.presenter.save(desk.screen.filled)
    assert desk.service.kept == [replace(theirs, cycles_given=12)]


def test_where_both_changed_a_field_the_person_chooses_and_nothing_is_overwritten() -> None:
    theirs = replace(EVENT, domains=("radiological",), note="seen on PET", version=9)
    desk = Desk(Service(refuse=StaleRecord(), theirs=theirs))
    desk.presenter.change(What.EVENT, 6)
    desk.presenter.save(typed(desk.screen.fields, domains="haematological"))
    conflict = desk.screen.conflict
    assert conflict is not None
    assert [(line.label, line.before, line.mine, line.theirs) for line in conflict.lines] == [
        ("Domains", "VEGF, Clinical", "Haematological", "Radiological")
    ]
    assert conflict.taken == ("Taken from theirs: Note: seen on PET",)
    desk.presenter.settled({"domains": Side.MINE})
    desk.service.refuse = None
    desk.presenter.save(desk.screen.filled)
    assert desk.service.kept == [replace(theirs, domains=("haematological",))]


def test_what_somebody_took_back_meanwhile_is_said() -> None:
    class TakenBack(Service):
        def current(self, entry: Entry) -> Entry:
            raise NotFound("Somebody took this entry back meanwhile. Nothing was saved.")

    desk = Desk(TakenBack(refuse=StaleRecord()))
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields, cycles_given="12"))
    assert desk.screen.words.startswith("Somebody took this entry back")


def test_what_a_death_taken_back_leaves_in_the_details_is_told() -> None:
    desk = Desk(Service(to_know=("The details still say that the person died (02-Nov-2026).",)))
    desk.presenter.change(What.EVENT, 6)
    desk.presenter.withdraw("wrong person")
    assert desk.screen.to_know == "The details still say that the person died (02-Nov-2026)."
    assert desk.screen.unsettled == ""
