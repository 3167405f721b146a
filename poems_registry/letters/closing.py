"""How a letter begins and ends: attendance, what happens next, information given, sign-off and copies."""

from zoneinfo import ZoneInfo

from poems_registry.domain.consents import Answer, Consent, Scope, in_force
from poems_registry.domain.dates import NO_BREAK_SPACE, PartialDate, letter_date, show_time
from poems_registry.domain.findings import State
from poems_registry.domain.records import ClinicProfile, LetterRecord, Patient, PatientFile, VisitType
from poems_registry.letters.safety import EMERGENCY, numbers, pregnancy, same_day
from poems_registry.letters.template import Wording
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Block, Heading, Paragraph, Run, TwoColumns, bold, plain

VISIT_WORDS = {
    VisitType.NEW: "First visit",
    VisitType.FOLLOW_UP: "Follow-up visit",
    VisitType.MDT: "Team meeting of specialists",
    VisitType.WARD: "Visit on the ward",
    VisitType.TELEPHONE: "Telephone appointment",
    VisitType.VIDEO: "Video appointment",
}
COPIES = "copies"
FORMATS = {
    "none": "",
    "large_print": "large print",
    "easy_read": "easy read",
    "email": "e-mail, read aloud by a computer",
    "audio": "audio",
    "braille": "Braille",
    "bsl_video": "sign language video",
}
"""The formats of the person's details, as a letter says them; "no special format" needs no sentence."""
_AGREED = frozenset({"given", "agreed", "yes", "consented"})
_DECLINED = frozenset({"declined", "refused", "no"})
NOBODY = "Nobody else"
NO_GP = "GP practice not recorded: please tell us, so that your GP can have this letter."


def attendance(visit: Visit) -> str:
    """`Follow-up visit, 10:20. Seen by Dr A Rahman, with Sister J Okoro. Your wife, Ruth, came with you.`"""
    own = visit.encounter
    kind = VISIT_WORDS[own.visit_type] if own.visit_type else "Type of visit not recorded"
    sentences = [f"{kind}, {own.time}." if own.time else f"{kind}."]
    sentences.append(seen_by(visit))
    if own.visit_type is VisitType.NEW and (who := referred_by(visit.file.patient)):
        sentences.append(f"Referred by {who}.")
    company = visit.answer("came_with").strip().rstrip(".")
    if company:
        comma = "," if "," in company else ""
        sentences.append(f"{company[:1].upper()}{company[1:]}{comma} came with you.")
    return " ".join(sentences)


def seen_by(visit: Visit) -> str:
    """`Seen by Dr A Rahman, with Sister J Okoro.`"""
    if not visit.encounter.seen_by:
        return "Seen by: not recorded."
    first, *others = visit.encounter.seen_by
    return f"Seen by {first}{f', with {_and(others)}' if others else ''}."


def referred_by(patient: Patient) -> str:
    """`Dr B North, Sample Infirmary`: who referred, with role and organisation; their address is theirs."""
    lines = [line.strip().rstrip(".,") for line in patient.referrer.splitlines() if line.strip()]
    return ", ".join(lines[:2])


def information(visit: Visit) -> str:
    """The leaflets given, then the author's own words."""
    leaflets = [title.strip() for title in visit.answer("leaflets").split(";") if title.strip()]
    given = f"{'Leaflet' if len(leaflets) == 1 else 'Leaflets'}: {'; '.join(leaflets)}." if leaflets else ""
    return "\n".join(line for line in (given, visit.answer("information_given").strip()) if line)


def what_next(visit: Visit) -> str:
    """The plan in the author's words and the next visit."""
    words = visit.answer("what_next").strip()
    planned = planned_visit(visit)
    return "\n".join(line for line in (words, f"Your next visit is {planned}." if planned else "") if line)


def planned_visit(visit: Visit) -> str:
    """`planned on 10 February 2027`, or nothing."""
    planned = visit.finding("next_visit")
    known = planned is not None and planned.state is State.RECORDED
    if planned is None or not known or not isinstance(planned.value, PartialDate):
        return ""
    return f"planned {'on' if planned.value.day else 'in'} {letter_date(planned.value)}"


def safety(visit: Visit, clinic: ClinicProfile) -> tuple[Paragraph, ...]:
    """When to ring 999, and when to ring the clinic on the same day, as far as it applies."""
    reasons = "; ".join(same_day(visit))
    ring = "Ring us" if numbers(clinic) else "Contact the clinic or your GP"
    rest = " ".join(part for part in (f"for: {reasons}.", pregnancy(visit), numbers(clinic)) if part)
    return (
        Paragraph((Run("Ring 999", bold=True), Run(f" {EMERGENCY}"))),
        Paragraph((Run(f"{ring} the same day", bold=True), Run(f" {rest}"))),
    )


def needs(file: PatientFile) -> str:
    """Research and individual requirements, if recorded; of consent what is in force, else what was noted before."""
    patient = file.patient
    lines = [
        _agreed(each) for (scope, _), each in in_force(file.consents).items() if scope in (Scope.REUSE, Scope.STUDY)
    ]
    lines = lines or [_research(patient.research_consent.strip().rstrip("."))]
    return "\n".join(line for line in (*lines, *own_needs(patient)) if line)


def own_needs(patient: Patient) -> tuple[str, ...]:
    """Language, interpreter and help that a person needs, each as a sentence."""
    told = (
        ("Language or format you need", patient.language_need),
        ("Format of information you need", FORMATS.get(patient.format_need, patient.format_need)),
        ("Interpreter", patient.interpreter),
        ("Help you need to talk with us", patient.support_need),
    )
    return tuple(f"{label}: {need.rstrip('.')}." for label, need in told if need)


def _agreed(consent: Consent) -> str:
    """What the person said about their data, or about a study, as a sentence to them."""
    about = f"to take part in the study {consent.study}" if consent.study else "that your data may be used for research"
    match consent.answer:
        case Answer.GIVEN:
            return f"You have agreed {about}."
        case Answer.DECLINED:
            return f"You have not agreed {about}."
        case Answer.WITHDRAWN:
            taken = f"take part in the study {consent.study}" if consent.study else "let your data be used for research"
            return f"You no longer wish to {taken}."


def _research(consent: str) -> str:
    """A bare answer as a sentence; words of its own are printed as they are."""
    if not consent:
        return ""
    if consent.casefold() in _AGREED:
        return "You have agreed to take part in research."
    if consent.casefold() in _DECLINED:
        return "You have chosen not to take part in research."
    return f"Research: {consent}."


def recipients(patient: Patient, own_words: str | None) -> tuple[str, ...]:
    """Who gets a copy beside the patient, one a line: the practice, or the author's own list."""
    if own_words is not None:
        return tuple(line.strip() for line in own_words.splitlines() if line.strip())
    practice = patient.practice
    if not practice.name and not practice.doctor:
        return ()
    town = practice.address[-1] if practice.address else ""
    return (", ".join(part for part in (practice.doctor, practice.name, town) if part) + " (GP)",)


def sign_off(letter: LetterRecord, clinic: ClinicProfile, copies: tuple[str, ...], wording: Wording) -> TwoColumns:
    """The farewell and the signature, and beside them who else has the letter."""
    name, *rest = signed(letter, clinic)
    left = (
        Paragraph(plain(wording.sentence("farewell"))),
        Paragraph((*bold(name), *plain("".join(f"\n{one}" for one in rest)))),
    )
    same = letter.kind.to_patient and any("(GP)" in line for line in copies)
    others = [*copies, *([wording.sentence("same_letter")] if same else [])]
    nobody = NO_GP if letter.kind.copied_to_gp else NOBODY
    heading = Heading(wording.sentence("copies"), level=3)
    return TwoColumns(left, (heading, Paragraph(plain("\n".join(others or [nobody])))))


def signed(letter: LetterRecord, clinic: ClinicProfile) -> tuple[str, ...]:
    """Name, profession, registration, date and time on the clinic's clock, audit reference; unsigned letters say so."""
    signature = letter.signature
    if signature is None:
        return ("Not signed",)
    at = signature.at.astimezone(ZoneInfo(clinic.timezone))
    who = ", ".join(part for part in (signature.role, signature.registration) if part)
    name = signature.name.replace(" ", NO_BREAK_SPACE)
    reference = (f"Reference {letter.reference}",) if letter.reference else ()
    return f"Signed electronically by {name}", who, f"{letter_date(at.date())}, {show_time(at)}", *reference


def paragraphs(text: str) -> tuple[Block, ...]:
    """An author's own words, a paragraph a line, literal."""
    return tuple(Paragraph(plain(line)) for line in text.splitlines() if line.strip())


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
