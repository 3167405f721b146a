"""Who gets a copy is ticked one by one, and a letter says by which wording it is printed."""

from dataclasses import replace

from poems_registry.domain.records import LetterState, Signature
from poems_registry.letters.addressees import Offer
from poems_registry.letters.built_in import built_in
from poems_registry.services.template_in_use import TemplateInUse
from poems_registry.ui.screens.letter.shown import Reminder
from poems_registry.ui.screens.letter.telling import with_tick
from tests.unit.ui.screens.test_letter import NOW, OneLetter, opened

OFFERS = (
    Offer("", "Ms Ann Smith", ("1 Sample Street",), ticked=True, fixed=True, reason="The letter is written to them."),
    Offer("Dr P Lindqvist", "Dr P Lindqvist", ("Orchard Surgery", "Dr P Lindqvist"), ticked=True),
    Offer("Dr S Mensah", "Dr S Mensah", (), ticked=False),
)
BROKEN = TemplateInUse(built_in("clinic"), 3, "ours.toml", NOW, "P Adams", ("Form: this program reads form = 1.",))


def test_each_recipient_is_shown_with_address_and_reason() -> None:
    _, spy, _ = opened(OneLetter(offers=OFFERS))
    assert spy.letter_shown is not None
    first, gp, other = spy.letter_shown.offers
    assert (first.fixed, first.ticked) == (True, True)
    assert first.words == "1 Sample Street\nThe letter is written to them."
    assert gp.words == "Orchard Surgery"
    assert (other.words, other.ticked) == ("No address on record.", False)


def test_a_tick_names_somebody_among_the_copies_and_another_takes_them_out() -> None:
    presenter, spy, letters = opened(OneLetter(offers=OFFERS))
    presenter.ticked("Dr S Mensah", on=True)
    assert spy.shown_parts["copies"].words == "Dr P Lindqvist\nDr S Mensah"
    presenter.ticked("Dr P Lindqvist", on=False)
    presenter.woken(Reminder.KEEP)
    assert letters.kept[-1] == (("copies", "Dr S Mensah"),)
    presenter.ticked("Dr S Mensah", on=False)
    presenter.woken(Reminder.KEEP)
    assert letters.kept[-1] == (("copies", ""),)
    presenter.ticked("Dr P Lindqvist", on=True)
    presenter.woken(Reminder.KEEP)
    assert not letters.kept[-1]


def test_a_name_typed_over_several_lines_is_one_recipient_and_nothing_typed_is_none() -> None:
    presenter, _, letters = opened()
    presenter.ticked("  Dr S Mensah,\n haematologist ", on=True)
    presenter.ticked("   ", on=True)
    presenter.woken(Reminder.KEEP)
    assert letters.kept == [(("copies", "Dr P Lindqvist\nDr S Mensah, haematologist"),)]


def test_the_same_line_is_never_named_twice() -> None:
    assert with_tick("A\nB", "B", ticked=True) == "A\nB"
    assert with_tick("", "B", ticked=True) == "B"


def test_a_clinics_template_that_cannot_be_used_is_told_on_the_letter() -> None:
    _, spy, _ = opened(OneLetter(wording=BROKEN))
    assert any("version 3, cannot be used" in words for words in spy.messages)
    signed = replace(OneLetter().letter, state=LetterState.SIGNED, signature=Signature("Dr A Rahman", "", "", NOW))
    _, spy, _ = opened(OneLetter(letter=signed, wording=BROKEN))
    assert not any("cannot be used" in words for words in spy.messages)


def test_a_letter_says_which_wording_it_has() -> None:
    _, spy, _ = opened()
    assert spy.letter_shown is not None
    assert spy.letter_shown.wording == "Built-in wording"
    own = replace(built_in("clinic"), version=4, sha256="0" * 64)
    _, spy, _ = opened(OneLetter(wording=TemplateInUse(own, 4)))
    assert spy.letter_shown is not None
    assert spy.letter_shown.wording == "Template version 4"
