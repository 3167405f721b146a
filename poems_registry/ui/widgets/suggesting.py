"""Suggestions below a text field: found by any part of a word, and forced on nobody."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from poems_registry.ui.theme.theme import Theme


def suggest(theme: Theme, suggestions: Sequence[str], edit: QLineEdit) -> None:
    """Offer these while a person types; one that is taken counts as typed."""
    completer = QCompleter(list(suggestions), edit)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = QListView()
    popup.setFont(theme.font())
    completer.setPopup(popup)
    completer.activated.connect(edit.textEdited)
    edit.setCompleter(completer)
