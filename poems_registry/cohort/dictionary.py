"""The data dictionary of a cohort summary: every column, row and way of counting, with the items it rests on."""

from collections.abc import Iterator

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.cohort.best_responses import MEASURES as RESPONSES
from poems_registry.cohort.best_responses import RULE as RESPONSE_RULE
from poems_registry.cohort.choosing import Reason
from poems_registry.cohort.outcomes import CURVE_RULES
from poems_registry.cohort.prevalence import LABELS, RECORDED, RULES
from poems_registry.cohort.published import SERIES, series_name
from poems_registry.cohort.rows import COLUMNS
from poems_registry.cohort.table_one import GROUP_WORDS, MEASURES, Group
from poems_registry.domain.criteria import CRITERION_WORDS
from poems_registry.domain.response import DOMAIN_WORDS

HEAD = ("kind", "name", "label", "definition", "items")
GROUP_RULES = {
    Group.ALL: "Everyone in the cohort.",
    Group.TRANSPLANT: "The first line of treatment after the diagnosis was planned with a stem cell transplant.",
    Group.OTHER: "Any other first line of treatment after the diagnosis.",
}
FIGURES = (
    ("died", "Died", "Deaths of any cause up to the data date.", "patient.died, event death"),
    (
        "relapsed",
        "Relapsed",
        "At least one relapse or progression up to the data date: recorded as an event, or told by the results as for"
        " progression-free survival.",
        "event relapse, progression|response rules",
    ),
    ("follow_up", "Median follow-up, years", "Reverse Kaplan-Meier from the date of diagnosis.", ""),
    ("person_years", "Person-years", "Years from the diagnosis to death or the last day seen, added up.", ""),
    ("complete", "Figures assessed", "Of the rows of Table 1 and the criteria of all patients, those assessed.", ""),
    ("by_age", "Log-rank by age", "Overall survival, aged up to 50 against over 50 at diagnosis, two-sided.", ""),
)
SEEN = "Last seen: the newest encounter of any kind, or dated event, up to the data date."

Row = tuple[str, str, str, str, str]


def dictionary() -> Iterator[Row]:
    """One row for everything that a summary's table names."""
    for name, meaning in COLUMNS.items():
        yield "column", name, name, meaning, ""
    for group, rule in GROUP_RULES.items():
        yield "group", group.value, GROUP_WORDS[group], rule, "treatment line"
    yield from _measured()
    for name, rule in CURVE_RULES.items():
        yield "survival", name.lower().replace(" ", "_").replace("-", "_"), name, f"{rule} {SEEN}", ""
    for name, label, rule, items in FIGURES:
        yield "outcome", name, label, rule, items
    for reason in Reason:
        yield "left out", reason.value, reason.value, "The first reason that applies, in this order.", ""
    for series in SERIES:
        checked = " Quoted from memory: check against the paper." if series.from_memory else ""
        yield "published", series.name, series_name(series), f"{series.source}.{checked}", series.address


def _measured() -> Iterator[Row]:
    """What is counted or measured of each patient."""
    for measure in MEASURES:
        yield "table_1", measure.code, measure.label, measure.rule, _items(measure.items)
    for answered in RESPONSES:
        items = "treatment line", f"response rules: {DOMAIN_WORDS[answered.domain]}"
        yield "response", answered.code, answered.label, f"{RESPONSE_RULE} {answered.rule}".strip(), "|".join(items)
    for way, rule in RULES.items():
        yield "way of counting", way, way.replace("_", " "), rule, ""
    for criterion, label in LABELS.items():
        status = f"{RECORDED[criterion].lower()}_status" if criterion in RECORDED else ""
        yield "prevalence", criterion.value, label, f"Criterion: {CRITERION_WORDS[criterion]}.", _items((status,))


def _items(codes: tuple[str, ...]) -> str:
    """`platelets: Platelets, 10⁹/L`, apart by |; fields of the patient by their name alone."""
    return "|".join(_item(code) for code in codes if code)


def _item(code: str) -> str:
    item: Item | None = CATALOGUE.items.get(code)
    if item is None:
        return code
    return f"{code}: {item.label}{', ' + item.unit if item.unit else ''}"
