"""What an identifiable transfer holds of each person beside their file, and what it says that it holds."""

from collections import Counter
from collections.abc import Mapping

from poems_registry.catalogue.transfer_person import Beside, PersonBeside
from poems_registry.catalogue.transfer_research import PersonResearch
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.storage import care, research
from poems_registry.storage.unit_of_work import Session

_AROUND: Mapping[type[Entry], str] = {
    Referral: "referrals",
    OnwardReferral: "onward referrals",
    MdtEntry: "MDT entries",
    AdviceCall: "calls for advice",
    StatusChange: "changes of status",
}


def beside(session: Session) -> Beside:
    """Read at once for everybody; for whoever has nothing, nothing."""
    around = care.by_patient(session)
    studies = {each.id: each for each in research.studies(session)}
    parts, samples, aliquots = (
        research.all_enrolments(session),
        research.all_samples(session),
        research.all_aliquots(session),
    )

    def of(owner: int) -> PersonBeside:
        own, taken = parts.get(owner, ()), samples.get(owner, ())
        tubes = tuple(tube for sample in taken for tube in aliquots.get(sample.id, ()))
        named = {part.study_id for part in own} | {sample.study_id for sample in taken}
        known = tuple(study for study in studies.values() if study.id in named)
        return PersonBeside(around.get(owner, ()), PersonResearch(known, own, taken, tubes))

    return of


def holds(session: Session) -> tuple[str, ...]:
    """What of the registry stands in an identifiable transfer beside visits and findings, and what does not."""
    around = care.by_patient(session)
    unnamed = len(around.pop(0, ()))
    kinds = Counter(type(entry) for entries in around.values() for entry in entries)
    there = ", ".join(f"{kinds[kind]:,} {words}" for kind, words in _AROUND.items())
    parts, samples = research.all_enrolments(session), research.all_samples(session)
    aliquots = research.all_aliquots(session)
    named = {part.study_id for own in parts.values() for part in own}
    named |= {sample.study_id for own in samples.values() for sample in own if sample.study_id}
    unused = sum(each.id not in named for each in research.studies(session))
    return (
        f"With each patient, entered in error too: {there}.",
        f"With each patient, but not what was withdrawn as an error: {_many(parts):,} parts in {len(named):,} studies,"
        f" {_many(samples):,} samples and {_many(aliquots):,} aliquots.",
        f"Not in this file: letters and drafts; {unnamed:,} calls for advice that named nobody; {unused:,} studies in"
        " which nobody has a part or a sample.",
    )


def _many(of: Mapping[int, tuple[object, ...]]) -> int:
    return sum(map(len, of.values()))
