"""Made-up visits were judged as signed ones are; how they stand is told from what is stored."""

from sqlalchemy import select

from poems_registry.domain.records import EncounterState
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.judging import frozen_with_newest, frozen_with_visit
from poems_registry.services.standings import refresh
from poems_registry.services.training.frozen_then import JUDGED
from poems_registry.storage import files, settings, standing
from tests.integration.services.conftest import SignIn


def test_the_newest_made_up_visits_carry_what_signing_them_would_have_frozen(sign_in: SignIn) -> None:
    """Also one before treatment and one long after: the same code, not a second rule."""
    signed_in = sign_in("rahman")
    with signed_in.store.reading() as session:
        everyone = list(files.load_files(session))
        thresholds = thresholds_of(settings.load_all(session))
    older = 0
    for file in everyone:
        visits = [each for each in file.encounters if each.state is EncounterState.SIGNED]
        older += len(visits[:-JUDGED])
        assert visits
        assert [each.verdict for each in visits[:-JUDGED]] == [None] * len(visits[:-JUDGED])
        for each in visits[-JUDGED:]:
            assert each.verdict is not None
            assert each.verdict == frozen_with_visit(file, each, thresholds)
    assert older  # of somebody there are visits from before


def test_a_whole_history_is_judged_as_visit_by_visit(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    with signed_in.store.reading() as session:
        everyone = list(files.load_files(session))
        thresholds = thresholds_of(settings.load_all(session))
    for file in everyone:
        judged = dict(frozen_with_newest(file, thresholds, len(file.encounters)))
        visits = [each for each in file.encounters if each.state is EncounterState.SIGNED]
        assert list(judged) == visits
        assert [frozen_with_visit(file, each, thresholds) for each in visits] == list(judged.values())


def test_how_made_up_patients_stand_is_what_their_stored_record_says(sign_in: SignIn) -> None:
    """They are listed from what was just written, without reading it back."""
    signed_in = sign_in("rahman")
    listed = select(standing.TABLE).order_by(standing.TABLE.c.patient_id)
    with signed_in.store.writing(signed_in.actor) as session:
        before = session.execute(listed).all()
        refresh(session, [row.patient_id for row in before], signed_in.today)
        assert session.execute(listed).all() == before
    assert len(before) == 8
