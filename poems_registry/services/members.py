"""Everybody as a cohort counts them: from what is kept beside the records, and from the records where they changed."""

import hashlib
from datetime import date

from poems_registry import __version__
from poems_registry.cohort.items import ITEMS
from poems_registry.cohort.kept import FORM, latest_of, of_text, to_text
from poems_registry.cohort.people import Member, member_of
from poems_registry.domain.criteria import RULE_SET_VERSION
from poems_registry.domain.response import RULE_SET_VERSION as RESPONSE_RULES
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import SignedIn
from poems_registry.services.clinic_settings import as_pairs, thresholds_of
from poems_registry.storage import cohort_members, files, settings
from poems_registry.storage.cohort_members import Kept, Shelf
from poems_registry.storage.unit_of_work import Session


def members_on(signed_in: SignedIn, day: date) -> tuple[Thresholds, list[Member]]:
    """The thresholds in force, and every patient as of the end of a day.

    A record that speaks of no later day makes the same member on that day as ever after, and that one is kept.
    """
    with signed_in.store.reading() as session:
        thresholds = thresholds_of(settings.load_all(session))
        shelf, made = _brought_up(session, thresholds)
        every = [*shelf.kept, *made]
        late = [each.patient_id for each in every if each.latest > day]
        known = [of_text(each.content) for each in every if each.latest <= day]
        known += [member_of(file, thresholds, day) for file in files.load_files(session, late, ITEMS)]
    _keep(signed_in, made, shelf)
    return thresholds, sorted(known, key=lambda member: member.id)


def bring_up(signed_in: SignedIn) -> int:
    """Make and keep what is stale, and say of how many patients."""
    with signed_in.store.reading() as session:
        shelf, made = _brought_up(session, thresholds_of(settings.load_all(session)))
    _keep(signed_in, made, shelf)
    return len(made)


def _brought_up(session: Session, thresholds: Thresholds) -> tuple[Shelf, list[Kept]]:
    basis = basis_of(thresholds)
    shelf = cohort_members.look(session, basis)
    made = [
        Kept(file.patient.id, basis, latest_of(file), to_text(member_of(file, thresholds, date.max)))
        for file in files.load_files(session, shelf.stale, ITEMS)
    ]
    return shelf, made


def _keep(signed_in: SignedIn, made: list[Kept], shelf: Shelf) -> None:
    if signed_in.read_only or not (made or shelf.behind):
        return
    with signed_in.store.writing(signed_in.actor) as session:
        cohort_members.keep(session, made, shelf)


def basis_of(thresholds: Thresholds) -> str:
    """One word for all that a member depends on besides the record: program, rules and settings."""
    told = [
        FORM,
        __version__,
        RULE_SET_VERSION,
        RESPONSE_RULES,
        *(f"{name}={value}" for name, value in as_pairs(thresholds)),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
