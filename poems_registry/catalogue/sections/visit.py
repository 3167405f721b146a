"""What surrounds the findings of a visit: circumstances at its head, words and plan at its end (clinical.md 2.7)."""

from poems_registry.catalogue.item import YES_NO, Item, Section, ShownWhen
from poems_registry.catalogue.kinds import Choice, Choices, Day, Number, Text, options

VISIT = Section(
    "visit",
    "About this visit",
    short="Visit",
    items=(
        Item("came_with", "Came with", Text(120), in_letter=False, help="As it should be printed: your wife, Ruth."),
        Item(
            "disciplines",
            "Present from the team",
            Choices(
                options(
                    ("haematology", "haematology"),
                    ("neurology", "neurology"),
                    ("cns", "nurse specialist"),
                    ("physiotherapy", "physiotherapy"),
                    ("orthotics", "orthotics"),
                    ("occupational_therapy", "occupational therapy"),
                    ("psychology", "psychology"),
                    ("neurophysiology", "neurophysiology"),
                )
            ),
            in_letter=False,
        ),
        Item(
            "also_present",
            "Also present, by name",
            Text(400),
            in_letter=False,
            help="Name and profession, or what they are to the patient, with ; between them: P Rees, physiotherapist.",
        ),
        Item(
            "on_treatment",
            "On plasma-cell treatment",
            YES_NO,
            in_letter=False,
            negative="No plasma-cell treatment now",
            help="Decides whether VEGF and counts of this visit are taken before treatment.",
        ),
        Item(
            "current_line",
            "Line of therapy now",
            Number(hard=(1, 20), whole=True, censored=False),
            in_letter=False,
            shown_when=ShownWhen("on_treatment", ("present",)),
        ),
        Item(
            "current_cycle",
            "Cycle now",
            Number(hard=(1, 99), whole=True, censored=False),
            in_letter=False,
            shown_when=ShownWhen("on_treatment", ("present",)),
        ),
        Item(
            "steroids_3m",
            "Steroids in the last 3 months",
            YES_NO,
            in_letter=False,
            help="A VEGF within three months of steroids can never be read as not raised.",
        ),
        Item("steroids_14d", "Dexamethasone in the last 14 days", YES_NO, in_letter=False),
        Item(
            "intercurrent_illness", "Acute illness now", YES_NO, in_letter=False, help="Raises VEGF: repeat after it."
        ),
        Item(
            "consent_version",
            "Registry consent, version",
            Text(40),
            in_letter=False,
            help="The version of the consent that holds at this visit; the consents themselves stand with the patient.",
        ),
        Item(
            "history",
            "History, in words for the patient",
            Text(20000, 4),
            in_letter=False,
            help="How it began and what was done before. Printed in the letter of a first visit.",
        ),
    ),
)

PLAN = Section(
    "plan",
    "Summary and plan",
    short="Plan",
    items=(
        Item(
            "summary",
            "Summary for the patient",
            Text(20000, 5),
            in_letter=False,
            help="Two to four sentences in plain words. Opens the letter.",
        ),
        Item("concerns", "Concerns and wishes, in the patient's words", Text(4000, 2), in_letter=False),
        Item(
            "medicines_reviewed",
            "Medicines reviewed",
            Choice(options(("reviewed", "Reviewed today"), ("not_reviewed", "Not reviewed today"))),
            in_letter=False,
        ),
        Item("what_next", "What happens next", Text(20000, 4), in_letter=False),
        Item(
            "leaflets",
            "Leaflets given",
            Text(2000, offered="leaflets"),
            in_letter=False,
            help="From the list that the clinic keeps (Admin, Settings); others may be typed, with ; between them.",
        ),
        Item("information_given", "Information given", Text(2000, 2), in_letter=False),
        Item(
            "address_checked",
            "Address checked with the patient today",
            YES_NO,
            in_letter=False,
            help="A letter is signed only when its address was checked at this visit.",
        ),
        Item("next_visit", "Next visit", Day(partial=True, future=True), in_letter=False),
        Item("new_serious_diagnosis", "New serious diagnosis in this letter", YES_NO, in_letter=False),
        Item(
            "told_in_person",
            "Told in person or by phone first",
            YES_NO,
            in_letter=False,
            shown_when=ShownWhen("new_serious_diagnosis", ("present",)),
        ),
    ),
)
