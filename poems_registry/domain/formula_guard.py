"""Text that a spreadsheet would run as a formula: marked on the way out, exactly that mark removed on the way in."""

import re

MARK = "'"
_BLANK = r"[\s\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]*"
_WOULD_RUN = re.compile(rf"'*(?:[\t\r\n]|{_BLANK}[=+\-@\uff1d\uff0b\uff0d\uff20])")


def guard(text: str) -> str:
    """Lead with an apostrophe what begins, after blanks, with = + - @ or their full-width forms, or with TAB, CR, LF.

    (reliability 2.9, nhs.md 8.3.) A text that already leads with apostrophes before such a sign gets one more, so that
    `unguard` gives every text back as it was.
    """
    return MARK + text if _WOULD_RUN.match(text) else text


def unguard(text: str) -> str:
    """Take away the one apostrophe that `guard` put there, and no other."""
    return text[1:] if text.startswith(MARK) and _WOULD_RUN.match(text[1:]) else text
