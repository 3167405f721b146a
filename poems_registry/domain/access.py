"""Who may do what: roles are bundles of permissions, which a clinic may move (decision 19)."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is in the clinic; it names the permissions they start with and stands in the audit."""

    CLINICIAN = "clinician"
    NURSE = "nurse"
    ADMIN = "admin"


class Permission(StrEnum):
    """One act, or one kind of sight, that a person may be given. The value is stored."""

    FIND_PATIENTS = "find_patients"
    VIEW_DEMOGRAPHICS = "view_demographics"
    VIEW_CLINICAL = "view_clinical"
    RECORD_CLINICAL = "record_clinical"
    SIGN = "sign"
    PRINT_LETTERS = "print_letters"
    EDIT_DEMOGRAPHICS = "edit_demographics"
    COHORT = "cohort"
    EXPORT_PSEUDONYMISED = "export_pseudonymised"
    EXPORT_IDENTIFIABLE = "export_identifiable"
    IMPORT = "import"
    MANAGE = "manage"


PERMISSION_WORDS: Mapping[Permission, str] = MappingProxyType(
    {
        Permission.FIND_PATIENTS: "find patients",
        Permission.VIEW_DEMOGRAPHICS: "view demographics, dates and letter states",
        Permission.VIEW_CLINICAL: "view clinical findings and results",
        Permission.RECORD_CLINICAL: "record clinical findings and results",
        Permission.SIGN: "sign and amend visits and letters",
        Permission.PRINT_LETTERS: "print and dispatch signed letters",
        Permission.EDIT_DEMOGRAPHICS: "change demographics, referrals and consents",
        Permission.COHORT: "make cohort summaries and release tables",
        Permission.EXPORT_PSEUDONYMISED: "export pseudonymised data",
        Permission.EXPORT_IDENTIFIABLE: "export or transfer identifiable data",
        Permission.IMPORT: "import data",
        Permission.MANAGE: "manage people, keys, settings, backups and the audit",
    }
)
"""How each permission reads after 'may' or 'You may not'."""

_EVERYONE = frozenset(
    {
        Permission.FIND_PATIENTS,
        Permission.VIEW_DEMOGRAPHICS,
        Permission.EDIT_DEMOGRAPHICS,
        Permission.PRINT_LETTERS,
    }
)
_CLINICAL = frozenset({Permission.VIEW_CLINICAL, Permission.RECORD_CLINICAL})
_DATA = frozenset({Permission.COHORT, Permission.EXPORT_PSEUDONYMISED, Permission.IMPORT})

DEFAULTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.CLINICIAN: _EVERYONE | _CLINICAL | _DATA | {Permission.SIGN},
        Role.NURSE: _EVERYONE | _CLINICAL,
        Role.ADMIN: _EVERYONE | _DATA,
    }
)
"""What each role may do until the clinic decides otherwise; 'if granted' in decision 19 is not among it."""


def can(permissions: Collection[Permission], permission: Permission) -> bool:
    """Whether the act is allowed; what is not given is refused."""
    return permission in permissions
