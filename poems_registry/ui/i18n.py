"""The one call through which every word of the window goes, so that another language needs no change elsewhere."""

import gettext

_spoken: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def speak(translations: gettext.NullTranslations) -> None:
    """Use these translations from now on; English (UK) needs none."""
    _spoken[0] = translations


def tr(text: str, **values: object) -> str:
    """`text` in the language of the window, with its `{names}` filled in; braces inside a value stay as they are."""
    said = _spoken[0].gettext(text) if text else text
    return said.format(**values) if values else said


def tr_count(one: str, many: str, count: int) -> str:
    """The words for this number of things: '{count} letter' or '{count} letters'."""
    return _spoken[0].ngettext(one, many, count).format(count=f"{count:,}")
