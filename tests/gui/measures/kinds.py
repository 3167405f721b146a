"""Which dialog and which screen the rounds must show, where, and what is left out for which reason."""

import importlib
import pkgutil
from pathlib import Path

from PySide6.QtWidgets import QWidget

import poems_registry.ui
from poems_registry.ui import screens
from poems_registry.ui.widgets.dialog import Dialog

DIALOGS = {
    "AlikeDialog": "clinic, referrals, somebody alike",
    "BesideDialog": "a signed visit, BesideDialog",
    "BlocksDialog": "a visit, what blocks signing",
    "CameOutQuestion": "letters, CameOutQuestion",
    "CareDialog": "record, care, record referral",
    "ClosingDialog": "a contact, close",
    "ComparisonDialog": "record, visits, compare",
    "ConfirmMergeDialog": "two records of one person, confirm",
    "ConfirmQuestion": "letters, what came out right",
    "ConflictDialog": "a signed visit, ConflictDialog",
    "ConsentDialog": "record, details, record consent",
    "ConsentHistoryDialog": "record, details, history and corrections",
    "CopiesDialog": "letters, copies",
    "CorrectDialog": "record, results, correct",
    "DiscardDialog": "a visit, discard",
    "DraftsDialog": "drafts",
    "EntryDialog": "record, treatment, add line of",
    "FindDialog": "find",
    "HelpDialog": "help, visit",
    "HoldQuestion": "letters, HoldQuestion",
    "LabelDialog": "record, research, label",
    "NewPasswordDialog": "admin, people, new password",
    "OwnPasswordDialog": "own password",
    "PasswordQuestion": "a letter, sign",
    "PasteDialog": "record, results, paste",
    "PersonDialog": "admin, people, add",
    "PrintQuestion": "letters, on which printer",
    "ReasonDialog": "a signed visit, amend",
    "SavedFiltersDialog": "patients, saved filters",
    "ServerDialog": "open a registry on a server",
    "SettingDialog": "admin, settings, one",
    "SheetDialog": "record, research, add sample",
    "ShortcutList": "shortcuts",
    "SigningDialog": "a visit, sign",
    "StoppedQuestion": "letters, StoppedQuestion",
    "ValuesDialog": "record, access, what changed",
    "VersionsDialog": "a signed visit, VersionsDialog",
    "WhoDialog": "cohort, change",
    "WhomDialog": "clinic, referrals, for whom",
    "WordsQuestion": "a letter, give up",
    "WriteQuestion": "cohort, export",
}
"""Each kind of dialog with a place of the rounds where it is open: `dev.py measures` counts its absence as a fault."""

SCREENS = {
    "admin": "admin, people",
    "clinic": "clinic, referrals",
    "cohort": "cohort",
    "details": "details",
    "first_start": "first start, choose",
    "joining": "two records of one person, found",
    "letter": "a letter",
    "letters": "letters",
    "patients": "patients",
    "record": "a long record, overview",
    "research": "research, samples",
    "today": "today",
    "unlock": "unlock",
    "visit": "a signed visit",
}
"""Each folder of a screen with a place where it is in view."""

LEFT_OUT = {
    "EntryForm": "never shown itself: what every form of one entry has in common",
    "PasswordDialog": "never shown itself: what every dialog has in common that gives a new password",
    "Question": "never shown itself: what the questions of the letters' board have in common",
    "drafts": "a line over the list of patients and a dialog: no screen of its own",
    "find": "a dialog over whatever is in view: no screen of its own",
}
"""What the rounds do not show, and why."""


def every_dialog() -> list[type[QWidget]]:
    """All dialogs of the program, whatever is imported already."""
    for found in pkgutil.walk_packages(poems_registry.ui.__path__, "poems_registry.ui."):
        importlib.import_module(found.name)
    return heirs(Dialog)


def every_screen() -> list[str]:
    """The folders of screens."""
    return [each.name for each in pkgutil.iter_modules([str(Path(screens.__path__[0]))]) if each.ispkg]


def heirs(kind: type[QWidget]) -> list[type[QWidget]]:
    """This class's heirs that the program uses."""
    found: list[type[QWidget]] = []
    for heir in kind.__subclasses__():
        found += [heir, *heirs(heir)]
    return [each for each in found if each.__module__.startswith("poems_registry.")]


def not_shown(seen: dict[str, set[str]]) -> list[str]:
    """Of what the rounds must show, what stood not where it should; `seen` gives what each place showed, by name."""
    wanted = [*DIALOGS.items(), *SCREENS.items()]
    return [f"{name} at {place!r}" for name, place in wanted if name not in seen.get(place, ())]


def names_of(shown: QWidget) -> set[str]:
    """Its class, and the folder of its screen."""
    module = type(shown).__module__
    folder = module.removeprefix(f"{screens.__name__}.").split(".")[0] if module.startswith(screens.__name__) else ""
    return {type(shown).__name__, folder}
