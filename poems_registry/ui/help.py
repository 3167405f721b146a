"""F1: the page of help for the screen in view, and its keys. Pages in `resources/help` are named as screens."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from poems_registry.ui.i18n import tr
from poems_registry.ui.keys import SCREEN_KEYS
from poems_registry.ui.shortcuts import EVERYWHERE, Shortcut
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.dialog import Dialog

FIRST = "start"
HEIGHT = 320
LINE_HEIGHT = 125
"""Per cent."""
SPACE = (2, 0, 14)
"""Pixels above a paragraph, the title, a heading."""


class HelpDialog(Dialog):
    """One page; `Everything else` leads to the first. `read_aloud` is the page's text, for a screen reader."""

    def __init__(self, theme: Theme, folder: Path, topic: str, everywhere: tuple[Shortcut, ...]) -> None:
        super().__init__(theme, tr("Help"), icon="circle-question-mark", width=760)
        self._folder, self._everywhere = folder, everywhere
        self.page = QTextBrowser()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setProperty("radius", 2)
        self.page.setFont(theme.font())
        self.page.setOpenLinks(False)
        self.page.setFixedHeight(HEIGHT)
        self.page.setAccessibleName(tr("Help for this screen"))
        self.page.anchorClicked.connect(_open_outside)
        self.body.addWidget(self.page)
        close = primary(theme, tr("Close"))
        close.clicked.connect(self.reject)
        self.others = secondary(theme, tr("About the whole program"))
        self.others.clicked.connect(lambda: self.show_topic(FIRST))
        self.set_actions(close, (), (self.others,))
        self.show_topic(topic)

    def show_topic(self, topic: str) -> None:
        """This page; the first one for a screen that has none."""
        path = self._folder / f"{topic}.md"
        if not topic or not path.is_file():
            path = self._folder / f"{FIRST}.md"
        self.others.setVisible(path.stem != FIRST)
        self.page.setMarkdown(path.read_text(encoding="utf-8") + _keys(path.stem, self._everywhere))
        _set(self.page.document(), self._theme)


def _keys(topic: str, everywhere: tuple[Shortcut, ...]) -> str:
    """The screen's own keys and those for everywhere, as a table of the page."""
    own = [key for key in SCREEN_KEYS if key.where.lower() == topic]
    shown = [*own, *(key for key in everywhere if key.where == EVERYWHERE)]
    rows = "\n".join(f"| {key.keys} | {tr(key.words)} |" for key in shown)
    return f"\n\n## {tr('Keys')}\n\n| {tr('Keys')} | {tr('What they do')} |\n| --- | --- |\n{rows}\n"


def _set(page: QTextDocument, theme: Theme) -> None:
    """In the program's own sizes, with room between the parts."""
    block = page.firstBlock()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        room = QTextBlockFormat()
        room.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        in_table = cursor.currentTable() is not None
        room.setTopMargin(4 if in_table else SPACE[min(level, 2)])
        room.setBottomMargin(4)
        cursor.mergeBlockFormat(room)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            words = QTextCharFormat()
            words.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)  # what Markdown made of it
            words.setFont(theme.font(Size.HEADING if level == 1 else Size.TITLE, Weight.SEMIBOLD))
            cursor.mergeCharFormat(words)
        block = block.next()
    for frame in page.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            look = frame.format().toTableFormat()
            look.setBorder(0)
            look.setCellPadding(2)
            look.setCellSpacing(0)
            frame.setFormat(look)


def _open_outside(link: QUrl) -> None:
    if link.scheme() == "https":
        QDesktopServices.openUrl(link)
