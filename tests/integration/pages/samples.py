"""A made-up follow-up letter, as the letters floor would compose it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from poems_registry.charts.journey import Bar, Flag, JourneyData, Point, journey
from poems_registry.charts.journey_data import Sign
from poems_registry.charts.journey_series import onls, vegf_serum
from poems_registry.charts.shapes import Drawing
from poems_registry.pages.document import (
    Action,
    ActionGroup,
    Actions,
    Align,
    Band,
    Block,
    Column,
    Document,
    Envelope,
    Figure,
    Footer,
    Heading,
    Identity,
    IdentityRow,
    Item,
    NewPage,
    Numbered,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    TwoColumns,
    bold,
    plain,
)

SIGNED_AT = datetime(2026, 11, 20, 16, 42, tzinfo=UTC)
ADDRESS = ("Mr Thomas Hartley", "17 Orchard Rise", "Little Sample", "Sampleford", "ZZ1 4QX")
LONG_ADDRESS = (
    "Mr Thomas Hartley",
    "Flat 3, Orchard House",
    "The Old Maltings",
    "17 Orchard Rise",
    "Little Sample",
    "Sampleford",
    "ZZ1 4QX",
)


def runs(text: str) -> Runs:
    """Words with *bold* parts."""
    return tuple(Run(part, bold=index % 2 == 1) for index, part in enumerate(text.split("*")) if part)


MEDICINES = (
    ("lenalidomide", "15 mg once a day,\ndays 1 to 21 of 28", "by mouth", "Continued", "For plasma cells", "Hospital"),
    ("daratumumab", "1,800 mg every 4 weeks", "under the skin", "Continued", "For plasma cells", "Hospital"),
    ("dexamethasone", "10 mg once a week", "by mouth", "Changed", "Sleep; was 20 mg, 19 November 2026", "Hospital"),
    ("apixaban", "2.5 mg twice a day", "by mouth", "Continued", "To prevent clots", "GP"),
    ("testosterone", "40.5 mg once a day", "gel on skin", "Continued", "Low testosterone", "GP"),
    ("pregabalin", "75 mg twice a day", "by mouth", "Started", "Nerve pain, 20 November 2026", "GP"),
    ("gabapentin", "300 mg 3 times a day", "by mouth", "Stopped", "No benefit, 19 November 2026", "None"),
)


def medicines_table(count: int) -> Table:
    """A table of `count` medicines, the known ones first."""
    widths = (30.5, 42.8, 25.4, 20.5, 36.0, 16.8)
    heads = ("Medicine", "Dose and how often", "Route", "Change", "Why, and when", "Supply")
    known = (
        *MEDICINES,
        *((f"medicine{k}", "5 mg once a day", "by mouth", "Continued", "Reason", "GP") for k in range(99)),
    )
    rows = []
    for name, dose, route, change, why, supply in known[:count]:
        new = change != "Continued"
        amount, reason = _glued(dose), _glued(why)
        lines = (runs(f"*{name}* {amount}, {route}"), plain(f"{change}. {reason}. Supply: {supply}."))
        cells = (bold(name), plain(amount), plain(route), (Run(change, bold=new),), plain(reason), plain(supply))
        rows.append(Row(cells, emphasised=new, changed=False, lines=lines))
    return Table(tuple(Column(head, width) for head, width in zip(heads, widths, strict=True)), tuple(rows))


def _glued(text: str) -> str:
    for joint in (" mg", " November", " 2026"):
        text = text.replace(joint, "\u00a0" + joint[1:])
    return text


def features_table() -> Table:
    """The five features, one not assessed."""
    columns = (
        Column("Feature", 6.5, spans_next=True),
        Column("", 46),
        Column("What we found", 98.5),
        Column("Change", 21),
    )
    found = (
        (
            "P",
            "Nerve damage",
            "Weak feet and numb toes. ONLS (score of arm and leg use, 0 to 12): 3 today, 4 on 12 August 2026.",
            "Better",
        ),
        (
            "O",
            "Enlarged spleen or liver",
            "*Not assessed today* (last: spleen enlarged, 13.8 cm on ultrasound, on 12 August 2026).",
            "Not known",
        ),
        ("E", "Hormone problems", "Low testosterone, treated. No thyroid problem.", "Same"),
        ("M", "Abnormal plasma cells", "Trace of IgA lambda protein, too small to measure.", "Same"),
        ("S", "Skin changes", "Darker skin, fading. No new red spots. No ankle swelling.", "Better"),
    )
    rows = []
    for letter, name, text, change in found:
        lines = (bold(f"{letter}: {name}"), runs(f"{text} Change: {change.lower()}."))
        rows.append(Row((bold(letter), bold(name), runs(text), plain(change)), lines=lines))
    return Table(columns, tuple(rows))


def results_table() -> Table:
    """Results from left to right in time, the newest emphasised."""
    columns = (
        Column("Test", 36.5, bold=True),
        Column("Unit and range", 35),
        Column("4 March 2024 (diagnosis)", 29.5, Align.RIGHT),
        Column("3\u00a0March\u00a02026 (relapse)", 24, Align.RIGHT),
        Column("12 August 2026", 20.5, Align.RIGHT),
        Column("18 November 2026", 26.5, Align.RIGHT, bold=True, emphasised=True),
    )
    values = (
        ("VEGF, serum", "pg/mL, level 1,771", "more than 8,000", "2,980 high", "1,150", "640"),
        ("Lambda light chain", "mg/L, 5.7 to 26.3", "61.2 high", "44.0 high", "29.8 high", "24.1"),
        ("Platelets", "10⁹/L, 150 to 400", "512 high", "431 high", "268", "214"),
        ("Haemoglobin", "g/L, 130 to 170", "158", "149", "136", "131"),
        ("ONLS, arms + legs", "score, 0 to 12", "7 (3 + 4)", "5 (2 + 3)", "4 (2 + 2)", "3 (1 + 2)"),
    )
    return Table(columns, tuple(Row(tuple(plain(cell) for cell in row)) for row in values))


def journey_drawing(width: float = 487.0, height: float = 190.0, size: float = 9.0) -> Drawing:
    """The chart of the letter."""
    vegf: tuple[tuple[str, float, Sign], ...] = (
        ("2024-03-04", 8000, ">"),
        ("2024-06-12", 3900, "="),
        ("2024-09-10", 2150, "="),
        ("2025-01-14", 980, "="),
        ("2025-07-15", 610, "="),
        ("2025-11-18", 870, "="),
        ("2026-03-03", 2980, "="),
        ("2026-05-20", 1900, "="),
        ("2026-08-12", 1150, "="),
        ("2026-11-18", 640, "="),
    )
    scores = (
        ("2024-03-04", 7),
        ("2024-09-10", 6),
        ("2025-01-14", 5),
        ("2025-07-15", 4),
        ("2026-03-03", 5),
        ("2026-08-12", 4),
        ("2026-11-18", 3),
    )
    data = JourneyData(
        series=(
            vegf_serum([Point(date.fromisoformat(day), value, sign) for day, value, sign in vegf], decision=1771),
            onls([Point(date.fromisoformat(day), value) for day, value in scores]),
        ),
        bars=(
            Bar("Line 1", date(2024, 4, 1), date(2024, 9, 20), line=1),
            Bar("Line 2", date(2026, 4, 7), None, line=2),
        ),
        flags=(Flag(date(2024, 10, 22), "Stem cell transplant, 22 October 2024", "transplant"),),
        until=date(2026, 11, 18),
    )
    return journey(data, width, height, paper=True, font_size=size)


def actions() -> Actions:
    """Eight actions in three groups."""
    return Actions(
        (
            ActionGroup(
                "For your GP",
                (
                    Action(runs("Start *pregabalin* 75\u00a0mg twice a day. Stop gabapentin."), "by 27 November 2026"),
                    Action(plain("Repeat blood count and kidney test. We act on it."), "by 11 December 2026"),
                    Action(plain("Give the yearly flu vaccine. No live vaccines."), "when next seen"),
                ),
            ),
            ActionGroup(
                "For you",
                (
                    Action(runs("Take *dexamethasone* 10\u00a0mg once a week, mornings."), "from 19 November 2026"),
                    Action(plain("Fever, swollen leg or short of breath: ring us."), "the same day"),
                ),
            ),
            ActionGroup(
                "For the hospital team",
                (
                    Action(plain("Lung function and heart scan (Sister J\u00a0Okoro)."), "by 10 February 2027"),
                    Action(plain("Ankle splint review, referred (Dr\u00a0A\u00a0Rahman)."), "sent 18 November 2026"),
                    Action(plain("Next visit, with blood tests for VEGF (clinic)."), "10 February 2027"),
                ),
            ),
        )
    )


def first_page(medicines: int) -> tuple[Block, ...]:
    """What the GP reads."""
    attendance = (
        "Face to face, neurology outpatients, 10:20. Seen by Dr\u00a0A\u00a0Rahman, consultant neurologist, with"
        " Sister\u00a0J\u00a0Okoro, nurse specialist. Your wife, Ruth, came with you."
    )
    diagnoses = (
        "*POEMS syndrome*, 4 March 2024. Criteria met: nerve damage, abnormal plasma cells (IgA lambda), sclerotic bone"
        " lesion, raised VEGF, hormone problem, skin changes, swelling.",
        "First relapse, 3 March 2026 (VEGF rise with weaker feet). Responding to second treatment.",
        "Low testosterone, 2024. High blood pressure, 2015.",
    )
    return (
        Heading("Your POEMS clinic visit on 18 November 2026", 1),
        Paragraph(plain(attendance), small=True),
        Heading("Diagnoses"),
        Numbered(tuple(Item(runs(text)) for text in diagnoses)),
        actions(),
        Heading("Medicines, with changes made today"),
        medicines_table(medicines),
        Paragraph(
            runs("*Allergies*  Known allergies: *penicillin* (rash). Last updated 18 November 2026."), small=True
        ),
    )


def second_page() -> tuple[Block, ...]:
    """What the patient reads."""
    caption = (
        "Line 1: lenalidomide with dexamethasone, 6 cycles. Line 2: daratumumab, lenalidomide and dexamethasone, cycle"
        " 9 of 15. The shaded area is above the level that supports active POEMS."
    )
    return (
        NewPage(only_from_first=True),
        Paragraph(plain("Dear Thomas")),
        Paragraph(
            plain(
                "It was good to see you and Ruth. Your second treatment is working. Your VEGF, a blood marker of POEMS,"
                " has fallen to 640 and you now walk indoors without a stick. You told us that poor sleep is your main"
                " worry, so we have lowered the steroid."
            )
        ),
        Heading("The five features today"),
        features_table(),
        Heading("Blood results and scores"),
        results_table(),
        Figure(journey_drawing(), plain(caption)),
        Heading("What happens next"),
        Paragraph(
            runs(
                "We plan six more cycles of this treatment, then a review. *Ring 999* for a sudden change of face, arm"
                " or speech, severe chest pain or severe breathlessness. Nurse line, Monday to Friday, 09:00 to 17:00:"
                " 020\u00a07946\u00a00123. At other times: 020\u00a07946\u00a00456. We gave you the leaflet “Steroids"
                " and sleep”."
            )
        ),
        TwoColumns(
            (
                Paragraph(plain("Yours sincerely")),
                Paragraph(bold("Signed electronically by Dr\u00a0A\u00a0Rahman")),
                Paragraph(plain("Consultant neurologist, GMC 0000000\n20 November 2026, 16:42"), small=True),
            ),
            (
                Heading("Copies to", 3),
                Paragraph(
                    plain(
                        "Dr\u00a0P\u00a0Lindqvist, Orchard Surgery, Sampleford (GP)\nDr\u00a0S\u00a0Mensah, consultant"
                        " haematologist\nYou have the same letter as your GP."
                    ),
                    small=True,
                ),
            ),
        ),
    )


def make_letter(medicines: int = 7, *, address: tuple[str, ...] = ADDRESS, **changes: Any) -> Document:
    """The follow-up letter of the mock-ups."""
    identity = Identity(
        "HARTLEY, Thomas (Mr)",
        (
            IdentityRow("Letter date", "20 November 2026"),
            IdentityRow("Born", "14 March 1958"),
            IdentityRow("NHS\u00a0No.", "999\u00a0000\u00a02746", strong=True),
            IdentityRow("Hospital No.", "00481726"),
            IdentityRow("Letter", "L-2026-0412 version 1"),
        ),
    )
    document = Document(
        title="Clinic letter L-2026-0412 version 1",
        author="Dr A Rahman",
        subject="Outpatient letter",
        created=SIGNED_AT,
        blocks=first_page(medicines) + second_page(),
        footer=Footer(
            "HARTLEY, Thomas",
            ("Born 14 March 1958", "NHS No. 999\u00a0000\u00a02746"),
            "Letter of 20 November 2026, L-2026-0412 version 1",
            "Made-up patient",
        ),
        envelope=Envelope(
            letterhead=(
                "National POEMS Clinic",
                "Example Hospital, 1 Sample Square, London ZZ1 1AA",
                "Nurse line 020\u00a07946\u00a00123",
                "poems.clinic@example.org",
            ),
            address=address,
            identity=identity,
            running=("National POEMS Clinic", "Letter of 20 November 2026"),
        ),
        compact=True,
    )
    return replace(document, **changes)


def _changed(block: Block) -> Block:
    if isinstance(block, Actions):
        group = block.groups[0]
        first = replace(group.actions[0], changed=True)
        return replace(block, groups=(replace(group, actions=(first, *group.actions[1:])), *block.groups[1:]))
    if isinstance(block, Table) and block.columns[0].head == "Medicine":
        rows = tuple(replace(row, changed=row.cells[0] == bold("pregabalin")) for row in block.rows)
        return replace(block, rows=rows)
    return block


def amended(document: Document) -> Document:
    """The same letter as version 2."""
    band = Band(
        runs(
            "*Replaces letter of 20 November 2026 (version 1).* Reason: the start date of pregabalin was wrong. Changed"
            " lines carry a bar at the left edge. Please destroy version 1."
        )
    )
    blocks = [document.blocks[0], band, *(_changed(block) for block in document.blocks[1:])]
    return replace(document, blocks=tuple(blocks), created=SIGNED_AT + timedelta(days=4))
