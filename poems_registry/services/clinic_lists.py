"""The clinic's own lists: referrals that wait for an answer, calls for advice, the list of an MDT meeting."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.care import AdviceCall, MdtEntry, OnwardReferral, Referral
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.exports.release import Piece, publish_one
from poems_registry.services.access import Service, needs
from poems_registry.storage import audit, care_lists
from poems_registry.storage.worklist import Whose

__all__ = ["Calls", "ClinicListService", "Meeting", "Referrals", "Whose"]

SHOWN = 50
"""Of what is settled so many come; the record of a person has all of theirs."""


@dataclass(frozen=True, slots=True)
class Referrals:
    """Those that nobody answered, urgent and oldest first; those answered last; onward ones that no one has seen."""

    waiting: tuple[tuple[Whose, Referral], ...] = ()
    answered: tuple[tuple[Whose, Referral], ...] = ()
    onward: tuple[tuple[Whose, OnwardReferral], ...] = ()
    onward_total: int = 0


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls after which something is still to be done, the oldest first; then the others, the newest first."""

    waiting: tuple[tuple[Whose | None, AdviceCall], ...] = ()
    others: tuple[tuple[Whose | None, AdviceCall], ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting's list, and every day that has one with the number on it, the last first."""

    on: date | None = None
    entries: tuple[tuple[Whose, MdtEntry], ...] = ()
    days: tuple[tuple[date, int], ...] = ()


class ClinicListService(Service):
    """What waits at the clinic beside the visits."""

    @needs(Permission.FIND_PATIENTS)
    def referrals(self) -> Referrals:
        """Referrals in and out; without question, answer and reason for who may not view clinical findings."""
        with self.signed_in.store.reading() as session:
            onward, total = care_lists.onward_open(session, SHOWN)
            found = Referrals(
                care_lists.referrals_waiting(session), care_lists.referrals_answered(session, SHOWN), onward, total
            )
        if self.signed_in.may(Permission.VIEW_CLINICAL):
            return found
        return Referrals(
            tuple((whose, _bare(each)) for whose, each in found.waiting),
            tuple((whose, _bare(each)) for whose, each in found.answered),
            tuple((whose, replace(each, reason="", outcome="")) for whose, each in found.onward),
            total,
        )

    @needs(Permission.VIEW_CLINICAL)
    def calls(self) -> Calls:
        """Calls for advice, those with something left to do first."""
        with self.signed_in.store.reading() as session:
            waiting = care_lists.calls_to_follow(session)
            newest = care_lists.calls(session, SHOWN)
        known = {call.id for _, call in waiting}
        return Calls(waiting, tuple((whose, call) for whose, call in newest if call.id not in known))

    @needs(Permission.VIEW_CLINICAL)
    def meeting(self, on: date | None = None) -> Meeting:
        """The list of that day; without a day, of the next meeting from today on, else of the last one."""
        with self.signed_in.store.reading() as session:
            days = care_lists.mdt_days(session)
            if on is None:
                coming = [day for day, _ in days if day >= self.signed_in.today]
                on = min(coming, default=days[0][0] if days else None)
            return Meeting(on, care_lists.mdt_list(session, on) if on is not None else (), days)

    @needs(Permission.VIEW_CLINICAL)
    def write_meeting(self, on: date, path: Path) -> Path:
        """The list of that day as a PDF only its maker can read; each patient's place on it is in the audit first.

        NotAllowedNow if nobody is on the list; NotSaved if the disk refuses: then no file has appeared or changed.
        """
        from poems_registry.letters.mdt_list import Listed, mdt_list
        from poems_registry.pages.pdf import render

        me = self.signed_in
        with me.store.reading() as session:
            entries = care_lists.mdt_list(session, on)
        if not entries:
            raise NotAllowedNow("Nobody is on this list. No file was written.")
        listed = [Listed(whose.name, whose.born, whose.nhs_number, each) for whose, each in entries]
        pdf = render(mdt_list(listed, on, me.clinic, (me.person.name, me.today), me.clock.now()))
        with me.store.writing(me.actor) as session:
            for whose, each in entries:
                about = ("mdt_entry", str(each.id))
                audit.record_event(session, "export", whose.patient_id, about=about, file=path.name)
        publish_one(Piece(path, lambda there: _private(there, pdf, len(entries))))
        return path


def _private(path: Path, content: bytes, rows: int) -> int:
    path.touch(mode=0o600)
    path.write_bytes(content)
    return rows


def _bare(referral: Referral) -> Referral:
    return replace(referral, question="", answer="")
