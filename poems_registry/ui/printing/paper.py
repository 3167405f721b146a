"""Letters through Qt to a printer of the system: each page as it was frozen, at its true size, from memory.

No file of ours is made. The printing system of the PC keeps what it sends in its own queue, under the job's title.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from poems_registry.pages.raster import Strip, has_colour, page_sizes, strips
from poems_registry.ui.i18n import tr
from poems_registry.ui.printing.shown import NotPrinted, PrinterShown, PrintOut

MOST_DOTS = 600
"""Dots an inch beyond which type does not get better, only larger to send."""
_A4 = (595.276, 841.89)
_SLACK = 1.5

MakePrinter = Callable[[PrintOut], QPrinter]


def system_printer(out: PrintOut) -> QPrinter:
    """The printer of this name; NotPrinted if it is gone."""
    info = QPrinterInfo.printerInfo(out.printer)
    if info.isNull():
        raise NotPrinted(
            tr("The printer {name} is not there any more. Nothing was sent to it.", name=out.printer)
            + " "
            + tr("Switch it on or choose another one, then go on printing.")
        )
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


class QtPrinters:
    """The printers of the system; `make` gives the printer of a job, another one for tests."""

    def __init__(self, make: MakePrinter = system_printer) -> None:
        self._make = make

    def offered(self) -> tuple[PrinterShown, ...]:
        """Every printer there is, the usual one first."""
        shown = [_shown(info) for info in QPrinterInfo.availablePrinters()]
        return tuple(sorted(shown, key=lambda each: (not each.usual, each.name.casefold())))

    def put(self, out: PrintOut) -> None:
        """Hand all pages to the printer in one job; NotPrinted, and then the whole job is taken back."""
        _refuse_other_paper(out)
        printer = self._make(out)
        grey = not any(has_colour(document) for document in out.documents)
        _set_up(printer, out, grey=grey)
        with _painting(printer, out.printer) as painter:
            blank_backs = printer.duplex() != QPrinter.DuplexMode.DuplexNone
            for place, document in enumerate(out.documents):
                if place:
                    _turn(printer)
                    if blank_backs and len(page_sizes(out.documents[place - 1])) % 2:
                        _turn(printer)  # the letter does not begin on the back of its address sheet
                _paint(painter, printer, document, grey=grey)
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise _refused(out.printer)


def _shown(info: QPrinterInfo) -> PrinterShown:
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    sizes = info.supportedPageSizes()
    modes = info.supportedDuplexModes()
    return PrinterShown(
        name=info.printerName(),
        about=info.location() or info.description(),
        usual=info.isDefault(),
        takes_a4=not sizes or any(size.isEquivalentTo(a4) for size in sizes),
        both_sides=QPrinter.DuplexMode.DuplexLongSide in modes,
    )


def _refuse_other_paper(out: PrintOut) -> None:
    """A letter on a page of another size would be scaled, and its address would leave the window."""
    try:
        sizes = [size for document in out.documents for size in page_sizes(document)]
    except ValueError:
        raise NotPrinted(
            tr("This letter cannot be read, so it was not printed. Restore the last verified copy.")
        ) from None
    if any(abs(width - _A4[0]) > _SLACK or abs(height - _A4[1]) > _SLACK for width, height in sizes):
        raise NotPrinted(tr("This letter is not on A4, so it was not printed: its address would leave the window."))


def _set_up(printer: QPrinter, out: PrintOut, *, grey: bool) -> None:
    printer.setDocName(out.title)
    printer.setCreator(tr("POEMS Registry"))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    taken = printer.setPageSize(a4) and printer.pageLayout().pageSize().isEquivalentTo(a4)
    if not taken:
        raise NotPrinted(
            tr("The printer {name} has no A4 paper. Nothing was sent to it.", name=out.printer)
            + " "
            + tr("Put A4 in or choose another printer, then go on printing.")
        )
    printer.setFullPage(True)
    if grey:
        printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setCopyCount(1)
    if out.both_sides:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)


@contextmanager
def _painting(printer: QPrinter, name: str) -> Iterator[QPainter]:
    """A painter on the printer; whatever goes wrong inside takes the whole job back."""
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused(name)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        yield painter
    except BaseException:
        printer.abort()
        painter.end()
        raise
    if not painter.end():
        raise _refused(name)


def _paint(painter: QPainter, printer: QPrinter, document: bytes, *, grey: bool) -> None:
    dots = min(printer.resolution(), MOST_DOTS)
    scale = printer.resolution() / dots
    for page in range(len(page_sizes(document))):
        if page:
            _turn(printer)
        for strip in strips(document, page, dots, grey=grey):
            place = QRectF(0, strip.top * scale, strip.width * scale, strip.height * scale)
            painter.drawImage(place, _image(strip))


def _image(strip: Strip) -> QImage:
    kind = QImage.Format.Format_Grayscale8 if strip.grey else QImage.Format.Format_RGB888
    stride = strip.width * (1 if strip.grey else 3)
    return QImage(strip.pixels, strip.width, strip.height, stride, kind).copy()


def _turn(printer: QPrinter) -> None:
    if not printer.newPage():
        raise _refused("")


def _refused(name: str) -> NotPrinted:
    which = tr("The printer {name} did not take this letter.", name=name) if name else tr("The printer stopped.")
    return NotPrinted(
        f"{which} " + tr("Look at its paper and its queue, then go on printing: this letter comes first.")
    )
