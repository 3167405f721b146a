"""The answers that lists of the details form offer: no code is ever shown, nothing is chosen beforehand."""

NUMBER_STATUS = (
    ("", "Not recorded"),
    ("01", "Present and verified"),
    ("02", "Present, not traced"),
    ("03", "Trace required"),
    ("04", "Trace attempted, no match or several"),
    ("05", "Trace in conflict"),
    ("06", "Trace in progress"),
    ("07", "Not present, trace not required"),
)
"""nhs.md 1.6 (08, postponed for a baby, does not occur in this clinic)."""
NOT_PRESENT = "07"
"""Cannot stand beside a number."""
GENDER_IDENTITY = (
    ("", "Not recorded"),
    ("male", "Male, trans man included"),
    ("female", "Female, trans woman included"),
    ("non_binary", "Non-binary"),
    ("other", "Other"),
    ("not_stated", "Not stated"),
    ("not_known", "Not known"),
)
"""nhs.md 2.5: optional, and apart from the gender that the banner shows; not stated and not known are two answers."""
NO_NUMBER = (
    ("", "Not recorded"),
    ("nhs-number-not-known", "Not known"),
    ("overseas-patient", "Lives abroad"),
    ("devolved-nation", "Has a number of another nation"),
)
ETHNICITY = (
    ("", "Not recorded"),
    ("A", "White: British"),
    ("B", "White: Irish"),
    ("C", "White: any other"),
    ("D", "Mixed: White and Black Caribbean"),
    ("E", "Mixed: White and Black African"),
    ("F", "Mixed: White and Asian"),
    ("G", "Mixed: any other"),
    ("H", "Asian: Indian"),
    ("J", "Asian: Pakistani"),
    ("K", "Asian: Bangladeshi"),
    ("L", "Asian: any other"),
    ("M", "Black: Caribbean"),
    ("N", "Black: African"),
    ("P", "Black: any other"),
    ("R", "Chinese"),
    ("S", "Any other"),
    ("Z", "Not stated"),
    ("99", "Not known"),
)
"""NHS ethnic categories (nhs.md 2.5): not stated and not known are different answers."""
FORMATS = (
    ("", "Not recorded"),
    ("none", "No special format"),
    ("large_print", "Large print"),
    ("easy_read", "Easy read"),
    ("email", "By email, read aloud by a computer"),
    ("audio", "Audio"),
    ("braille", "Braille"),
    ("bsl_video", "Sign language video"),
)
CONTACT = (("", "Not recorded"), ("letter", "Letter"), ("phone", "Phone"), ("text", "Text message"), ("email", "Email"))
DEATH_SOURCE = (
    ("", "Not recorded"),
    ("family", "Family"),
    ("gp", "GP practice"),
    ("hospital", "Hospital"),
    ("spine", "National records"),
    ("certificate", "Death certificate"),
    ("other", "Other"),
)


def words_of(answers: tuple[tuple[str, str], ...], code: str) -> str:
    """What an answer's code says; free text of older records as it is, nothing for nothing."""
    return dict(answers).get(code, code) if code else ""
