"""The permissions each role starts with, against the table of decision 19."""

from poems_registry.domain.access import DEFAULTS, PERMISSION_WORDS, Permission, Role, can

# clinician, nurse, admin: decision 19 row by row; "if granted" reads no.
TABLE = {
    Permission.FIND_PATIENTS: "yes yes yes",
    Permission.VIEW_DEMOGRAPHICS: "yes yes yes",
    Permission.VIEW_CLINICAL: "yes yes no",
    Permission.RECORD_CLINICAL: "yes yes no",
    Permission.SIGN: "yes no no",
    Permission.PRINT_LETTERS: "yes yes yes",
    Permission.EDIT_DEMOGRAPHICS: "yes yes yes",
    Permission.COHORT: "yes no yes",
    Permission.EXPORT_PSEUDONYMISED: "yes no yes",
    Permission.EXPORT_IDENTIFIABLE: "no no no",
    Permission.IMPORT: "yes no yes",
    Permission.MANAGE: "no no no",
}


def test_each_role_starts_with_what_was_decided_and_no_more() -> None:
    rows = {
        permission: " ".join("yes" if can(DEFAULTS[role], permission) else "no" for role in Role)
        for permission in Permission
    }
    assert rows == TABLE


def test_who_holds_nothing_may_do_nothing() -> None:
    assert not any(can(frozenset(), permission) for permission in Permission)


def test_a_permission_granted_beside_the_role_counts() -> None:
    assert can(DEFAULTS[Role.NURSE] | {Permission.SIGN}, Permission.SIGN)


def test_every_permission_has_words() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)
    assert len(set(PERMISSION_WORDS.values())) == len(Permission)
