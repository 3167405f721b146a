"""What every contact of a profession says in words: the pages name no measures of their own for most of them.

Not printed by itself: a letter is made from a signed visit, whose author tells what of a contact belongs into it.
"""

from poems_registry.catalogue.item import Item, Section
from poems_registry.catalogue.kinds import Day, Text

CONTACT = Section(
    "contact",
    "Contact of a profession",
    short="Contact",
    kinds=(),
    items=(
        Item(
            "contact_reason", "Reason for the contact", Text(4000, 2), in_letter=False, help="Who asked, and what for."
        ),
        Item("contact_found", "What was found", Text(20000, 4), in_letter=False),
        Item(
            "contact_done",
            "What was done or given",
            Text(20000, 3),
            in_letter=False,
            help="Treatment, training, aids and splints: what, for which side, of which make.",
        ),
        Item("contact_advice", "Advice", Text(20000, 3), in_letter=False, help="What the patient was told to do."),
        Item("contact_plan", "Plan", Text(20000, 3), in_letter=False, help="What happens next, and who does it."),
        Item(
            "contact_next",
            "Next contact",
            Day(partial=True, future=True),
            in_letter=False,
            help="With this profession. The clinic's own next visit is planned at a visit.",
        ),
    ),
)
