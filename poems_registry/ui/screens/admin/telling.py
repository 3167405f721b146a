"""How people's rights and settings read."""

from poems_registry.domain.access import DEFAULTS, PERMISSION_WORDS, Permission, Role
from poems_registry.domain.dates import show_date
from poems_registry.domain.records import Person
from poems_registry.services.leaflets import OWN_LIST
from poems_registry.services.settings import SettingInForce
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.shown import PersonForm, PersonRow, Right, SettingRow

ROLE_WORDS = {Role.CLINICIAN: "Clinician", Role.NURSE: "Nurse", Role.ADMIN: "Administrator"}
NONE = "none"
_CERTAIN = {"source": "from the source itself", OWN_LIST: "the clinic's own"}
_UNCERTAIN = "chosen for this program"
_REMEMBERED = "from memory of the source"


def person_row(person: Person, me: str) -> PersonRow:
    """Somebody in the list."""
    return PersonRow(
        person.user,
        person.name,
        tr(ROLE_WORDS[person.role]),
        ", ".join(part for part in (person.profession, person.registration) if part),
        differences(person),
        person.active and Permission.MANAGE in person.permissions,
        person.active,
        person.user == me,
    )


def differences(person: Person) -> str:
    """What somebody may do beyond their role, and what of it not; empty if it is the role's own."""
    own = DEFAULTS[person.role]
    more = [PERMISSION_WORDS[each] for each in Permission if each in person.permissions - own]
    less = [PERMISSION_WORDS[each] for each in Permission if each in own - person.permissions]
    parts = []
    if more:
        parts.append(tr("May also {acts}", acts="; ".join(more)))
    if less:
        parts.append(tr("may not {acts}", acts="; ".join(less)))
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def rights_of(role: Role, granted: frozenset[Permission]) -> tuple[Right, ...]:
    """Every permission in its order."""
    words = {each: PERMISSION_WORDS[each][:1].upper() + PERMISSION_WORDS[each][1:] for each in Permission}
    return tuple(Right(each.value, tr(words[each]), each in granted, each in DEFAULTS[role]) for each in Permission)


def form_of(person: Person, me: str) -> PersonForm:
    """Somebody on the form."""
    return PersonForm(
        person.user, person.name, person.role.value, person.profession, person.registration, person.active,
        person.user == me, rights_of(person.role, person.permissions),
    )  # fmt: skip


def setting_row(found: SettingInForce) -> SettingRow:
    """One threshold in the list."""
    unit = f" {found.threshold.unit}" if found.threshold.unit else ""
    confirmed = ""
    if found.confirmed_by and found.confirmed_on is not None:
        confirmed = tr("{who}, {day}", who=found.confirmed_by, day=show_date(found.confirmed_on))
    listed = found.threshold.tag == OWN_LIST
    return SettingRow(
        found.threshold.name,
        found.threshold.label,
        (_listed(found.value) if listed else _value(found.value)) + (unit if found.value else ""),
        found.value,
        _value(found.default) + (unit if found.default else ""),
        found.default,
        found.value != found.default,
        found.threshold.source,
        confirmed,
        certainty(found.threshold.tag),
        listed,
    )


def certainty(tag: str) -> str:
    """How sure the default is, in words."""
    if tag.startswith("mem"):
        return tr(_REMEMBERED)
    return tr(_CERTAIN.get(tag, _UNCERTAIN))


def _listed(text: str) -> str:
    """Titles as they are written."""
    return "; ".join(text.split("|")) if text else tr(NONE)


def _value(text: str) -> str:
    """Lists are stored with bars between."""
    return ", ".join(part.replace("_", " ") for part in text.split("|")) if text else tr(NONE)
