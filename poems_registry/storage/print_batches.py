"""Batches of copies at a printer: each step noted, none taken back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.printing import NOT_GONE, PrintBatch, PrintItem, Step, check_step
from poems_registry.storage.tables.printing import PrintBatchRow, PrintItemRow


def add(session: Session, batch: PrintBatch) -> PrintBatch:
    """Begin a batch with these copies, in this order."""
    row = PrintBatchRow(printer=batch.printer, begun_at=batch.begun_at, begun_by=batch.begun_by, closed_by="")
    session.add(row)
    session.flush()
    session.add_all([_new(item, row.id, place) for place, item in enumerate(batch.items, 1)])
    session.flush()
    return load(session, row.id)


def load(session: Session, batch_id: int) -> PrintBatch:
    """A batch with its copies in their order; NotFound."""
    row = session.get(PrintBatchRow, batch_id)
    if row is None:
        raise NotFound("This batch of letters is not in the registry.")
    return _batch(row, _items(session, [batch_id]).get(batch_id, ()))


def hold(session: Session, batch_id: int) -> PrintBatch:
    """The same, held against every other PC until the end of the transaction: each copy is given to one of them."""
    session.execute(select(PrintBatchRow.id).where(PrintBatchRow.id == batch_id).with_for_update())
    return load(session, batch_id)


def open_ones(session: Session) -> tuple[PrintBatch, ...]:
    """The batches that nobody has confirmed yet, oldest first."""
    query = select(PrintBatchRow).where(PrintBatchRow.closed_at.is_(None)).order_by(PrintBatchRow.id)
    rows = session.scalars(query).all()
    items = _items(session, [row.id for row in rows])
    return tuple(_batch(row, items.get(row.id, ())) for row in rows)


def last_closed(session: Session, most: int) -> tuple[PrintBatch, ...]:
    """The batches confirmed last, newest first."""
    query = select(PrintBatchRow).where(PrintBatchRow.closed_at.is_not(None)).order_by(PrintBatchRow.id.desc())
    rows = session.scalars(query.limit(most)).all()
    items = _items(session, [row.id for row in rows])
    return tuple(_batch(row, items.get(row.id, ())) for row in rows)


def in_open_batches(session: Session) -> dict[int, int]:
    """For each copy that is part of an open batch and may still come out of its printer, that batch."""
    done = [Step.PRINTED.value, Step.SPOILED.value, Step.LEFT_OUT.value]
    query = (
        select(PrintItemRow.copy_id, PrintItemRow.batch_id)
        .join(PrintBatchRow, PrintBatchRow.id == PrintItemRow.batch_id)
        .where(PrintBatchRow.closed_at.is_(None), PrintItemRow.step.not_in(done))
    )
    return {row.copy_id: row.batch_id for row in session.execute(query)}


def load_item(session: Session, item_id: int) -> PrintItem:
    """One copy of a batch; NotFound."""
    return item_record(_row(session, item_id))


def save_item(session: Session, item: PrintItem) -> PrintItem:
    """Note how far a copy got; StaleRecord if somebody was faster, NotAllowedNow for a step it may not take."""
    row = _row(session, item.id)
    if row.row_version != item.row_version:
        raise StaleRecord
    check_step(Step(row.step), item.step)
    row.step, row.done_at, row.done_by, row.note = item.step.value, item.at, item.by, item.note
    row.pc = item.pc
    session.flush()
    return item_record(row)


def close(session: Session, batch: PrintBatch) -> PrintBatch:
    """Close a batch of which every copy has come to its end; NotAllowedNow else, or if it was closed before."""
    row = session.get(PrintBatchRow, batch.id)
    if row is None:
        raise NotFound("This batch of letters is not in the registry.")
    if row.closed_at is not None:
        raise NotAllowedNow("This batch was confirmed already. Nothing was changed.")
    if row.row_version != batch.row_version:
        raise StaleRecord
    now = load(session, batch.id)
    if now.count(*NOT_GONE, Step.IN_HAND, Step.GONE, Step.UNCLEAR):
        raise NotAllowedNow("A batch is closed when each of its copies is settled. Nothing was changed.")
    row.closed_at, row.closed_by = batch.closed_at, batch.closed_by
    session.flush()
    return load(session, batch.id)


def item_record(row: PrintItemRow) -> PrintItem:
    """The record of a row."""
    return PrintItem(
        id=row.id,
        batch_id=row.batch_id,
        copy_id=row.copy_id,
        letter_id=row.letter_id,
        patient_id=row.patient_id,
        place=row.place,
        number=row.number,
        version=row.version,
        pages=row.pages,
        sheets=row.sheets,
        sha256=row.sha256,
        again=row.again,
        step=Step(row.step),
        at=row.done_at,
        by=row.done_by,
        note=row.note,
        row_version=row.row_version,
        pc=row.pc,
    )


def _row(session: Session, item_id: int) -> PrintItemRow:
    row = session.get(PrintItemRow, item_id)
    if row is None:
        raise NotFound("This copy is in no batch of the registry.")
    return row


def _batch(row: PrintBatchRow, items: tuple[PrintItem, ...]) -> PrintBatch:
    return PrintBatch(
        id=row.id,
        printer=row.printer,
        begun_at=row.begun_at,
        begun_by=row.begun_by,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        row_version=row.row_version,
        items=items,
    )


def _items(session: Session, batch_ids: Sequence[int]) -> dict[int, tuple[PrintItem, ...]]:
    query = select(PrintItemRow).where(PrintItemRow.batch_id.in_(batch_ids)).order_by(PrintItemRow.place)
    found: dict[int, list[PrintItem]] = {}
    for row in session.scalars(query):
        found.setdefault(row.batch_id, []).append(item_record(row))
    return {batch_id: tuple(items) for batch_id, items in found.items()}


def _new(item: PrintItem, batch_id: int, place: int) -> PrintItemRow:
    return PrintItemRow(
        batch_id=batch_id,
        copy_id=item.copy_id,
        letter_id=item.letter_id,
        patient_id=item.patient_id,
        place=place,
        number=item.number,
        version=item.version,
        pages=item.pages,
        sheets=item.sheets,
        sha256=item.sha256,
        again=item.again,
        step=item.step.value,
        done_at=item.at,
        done_by=item.by,
        note=item.note,
        pc=item.pc,
    )
