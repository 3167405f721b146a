"""What the dock and the questions say of a batch: how far it is, what came out, which printer is the usual one."""

from collections.abc import Mapping, Sequence

from poems_registry.domain.dates import show_time
from poems_registry.domain.printing import NOT_GONE, PrintBatch, PrintItem, Step
from poems_registry.services.letter_printing import Confirmed
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.printing.shown import PrinterShown, RunShown
from poems_registry.ui.screens.letters.shown import DockButton, DockShown, PrinterChoice
from poems_registry.ui.theme.tokens import Tone


def cause_and_rest(words: str) -> tuple[str, str]:
    """The first sentence, and the others."""
    cause, stop, rest = words.partition(". ")
    return cause + ("." if stop else ""), rest


def printer_problem(printer: PrinterShown) -> str:
    """Why it cannot be chosen; empty if it can."""
    return "" if printer.takes_a4 else tr("has no A4 paper")


def usual_printer(choices: Sequence[PrinterChoice], last: str) -> str:
    """The printer of last time if it is there, else the usual one of this PC, which comes first."""
    possible = [each.name for each in choices if not each.problem]
    return last if last in possible else next(iter(possible), "")


def sheet_words(item: PrintItem, patients: Mapping[int, str], readers: Mapping[int, str]) -> str:
    """`SMITH, Ann: for Mill Lane Surgery, 3 pages, L-2026-0001-v1`."""
    reader = readers.get(item.id, "").split(",")[0]
    pages = tr_count("{count} page", "{count} pages", item.pages + item.sheets)
    who = patients.get(item.letter_id, "")
    said = tr("for {reader}, {pages}, {number}", reader=reader, pages=pages, number=item.reference)
    return f"{who}: {said}" if who else said


def sheet_note(item: PrintItem, *, fell: bool) -> str:
    """What one must know before one ticks it."""
    if fell:
        return tr("Do not post it: it was taken back after it was printed. Take its paper out of the tray.")
    if item.step is Step.UNCLEAR:
        return tr("It was at the printer when the program stopped: tick it only if it came out whole.")
    return tr("Printed again") if item.again else ""


def running(shown: RunShown) -> DockShown:
    """How far it is, and that it can be stopped."""
    batch = shown.batch
    total, done = len(batch.items) - batch.count(Step.LEFT_OUT), batch.count(Step.GONE)
    title = tr("Printing copy {n} of {all}", n=min(done + 1, total), all=total)
    words = batch.printer
    if shown.item is not None:
        words += ", " + shown.item.reference
    if shown.stopping:
        return DockShown(tr("Stopping after this copy"), words, "printer", Tone.BLUE, done, total)
    stop = DockButton("cancel", tr("Stop after this copy"), danger=True)
    return DockShown(title, words, "printer", Tone.BLUE, done, total, (stop,))


def stopped(batch: PrintBatch) -> DockShown:
    """What went to the printer and what did not; what is in hand may be so at another PC just now."""
    gone, waits = batch.count(Step.GONE), batch.count(*NOT_GONE)
    elsewhere = [item for item in batch.items if item.step is Step.IN_HAND and item.pc and item.at is not None]
    unclear = batch.count(Step.UNCLEAR, Step.IN_HAND) - len(elsewhere)
    total = len(batch.items)
    title = tr("{gone} of {all} copies went to {printer}", gone=gone, all=total, printer=batch.printer)
    parts = []
    if waits:
        parts.append(tr_count("{count} did not", "{count} did not", waits))
    if unclear:
        parts.append(tr_count("{count} was in hand when it stopped", "{count} were in hand when it stopped", unclear))
    for item in elsewhere:
        since = show_time(item.at.astimezone()) if item.at is not None else ""
        parts.append(
            tr(
                "{number} in hand since {time}: {name}, PC {pc}",
                number=item.reference,
                time=since,
                name=item.by,
                pc=item.pc,
            )
        )
    left = batch.count(Step.LEFT_OUT)
    if left:
        parts.append(tr_count("{count} may not leave", "{count} may not leave", left))
    parts.append(tr("begun by {name}", name=batch.begun_by))
    buttons: tuple[DockButton, ...] = (DockButton("confirm", tr("What came out…"), "list-checks", main=not waits),)
    if waits:
        go_on = tr_count("Go on: print {count}", "Go on: print {count}", waits)
        buttons = (*buttons, DockButton("go_on", go_on, "printer", main=True))
    return DockShown(title, ", ".join(parts), "hourglass", Tone.AMBER, gone, total, buttons)


def done(confirmed: Confirmed, sheets: Mapping[int, str]) -> DockShown:
    """The sums, and whose paper must not leave."""
    sums = confirmed.sums
    title = tr("All sums agree") if not sums.not_printed else tr("Confirmed: some were not printed")
    buttons = (
        DockButton("dismiss", tr("Done")),
        DockButton("save_list", tr("Save the list…"), "save"),
    )
    if confirmed.taken_back:
        title = tr_count("Do not post {count} copy", "Do not post {count} copies", len(confirmed.taken_back))
        which = "; ".join(sheets.get(item.id, item.reference) for item in confirmed.taken_back)
        words = tr("Taken back after printing, take it out of the tray: {which}. {sums}", which=which, sums=sums.line)
        return DockShown(title, words, "triangle-alert", Tone.RED, buttons=buttons)
    tone = Tone.GREEN if not sums.not_printed else Tone.AMBER
    icon = "circle-check" if not sums.not_printed else "triangle-alert"
    return DockShown(title, sums.line, icon, tone, buttons=buttons)
