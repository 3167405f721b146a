"""One sheet at a time: what stands in it, what is wrong with it, what was left in it, and how two people meet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.merging import Merge, Side, three_way
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey
from poems_registry.ui.conflict.shown import ConflictShown, lines_of, taken_of
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.sheets.keeping import Forms, Keeping, Left
from poems_registry.ui.sheets.shown import Sheet, SheetField
from poems_registry.ui.tasks import Tasks

Texts = Mapping[str, str]


class SheetView(Protocol):
    """Where a sheet is shown; none of it decides."""

    def ask(self, sheet: Sheet) -> None: ...
    def problems(self, problems: Mapping[str, str], words: str) -> None: ...
    def doubts(self, doubts: tuple[str, ...]) -> None: ...
    def left(self, texts: Texts, words: str) -> None: ...
    def ask_conflict(self, conflict: ConflictShown) -> None: ...
    def remind(self, after_ms: int) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What one kind of sheet does. `record` is the entry as it was read; every function takes and gives such a one.

    `show` gives its fields, `read` what was typed with its problems, `save` keeps it with the doubts that were
    confirmed, `withdraw` takes it back with a reason, `current` reads it again.
    """

    record: Any
    title: str
    button: str
    icon: str
    show: Callable[[Any], tuple[SheetField, ...]]
    read: Callable[[Any, Texts], tuple[Any, dict[str, str]]]
    save: Callable[[Any, frozenset[str]], Changed]
    current: Callable[[Any], Any]
    withdraw: Callable[[Any, str], Changed] | None = None
    version: Callable[[Any], int] = lambda record: int(record.version)
    key: FormKey | None = None
    who: Identity | None = None
    explanation: str = ""


class SheetPresenter:
    """Asks one sheet, keeps what is typed into it, and saves it; `then` is told what changed."""

    def __init__(
        self,
        view: Callable[[], SheetView],
        tasks: Tasks,
        feed: ChangeFeed,
        forms: Forms | None,
        then: Callable[[Changed], None],
    ) -> None:
        self._view, self._tasks, self._feed, self._then = view, tasks, feed, then
        self._keeping = Keeping(forms, tasks, lambda after: view().remind(after), self)
        self._job: Job | None = None
        self._record: Any = None
        self._version = 0
        self._start: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._doubts: tuple[str, ...] = ()
        self._merge: Merge[str] | None = None
        self._theirs: Any = None
        self._busy = False

    def open(self, job: Job) -> None:
        """Show the sheet of this entry; what was left in it before stands in it again."""
        self._view().close()  # one that is open says so before this one begins
        self._job, self._record, self._version = job, job.record, job.version(job.record)
        self._doubts, self._merge = (), None
        fields = job.show(job.record)
        self._start = {field.code: field.text for field in fields}
        self._texts = dict(self._start)
        known = job.withdraw is not None
        sheet = Sheet(job.title, job.button, fields, job.icon, job.who, job.explanation, known)
        self._view().ask(sheet)
        self._keeping.begin(job.key, self._version, self._go_on)

    def _go_on(self, left: Left) -> None:
        """What a colleague saved since is met as if both had the sheet open: nothing of theirs is overwritten."""
        if self._job is None:
            return
        newest, now = self._record, dict(self._texts)
        if left.version != self._version:
            self._start = {code: text for code, text in left.start.items() if code in now}
        typed = {code: text for code, text in left.typed.items() if code in now}
        self._view().left(typed, left.words)
        self.typed({**now, **self._start, **typed})
        if left.version != self._version:
            self._meet(newest)

    # -- while it is typed

    def typed(self, texts: Texts) -> None:
        """It will be kept; what was asked about it is asked anew."""
        self._texts = dict(texts)
        self._keeping.edited(self._version, self._start, self._texts)
        if self._doubts:
            self._doubts = ()
            self._view().doubts(())

    def dropped(self) -> None:
        """The person does not want what was typed."""
        self._keeping.drop()

    def closed(self) -> None:
        """The sheet is gone, as by a lock; what it held is kept."""
        self._keeping.leave()
        self._job = None

    def woken(self) -> None:
        """The view's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """What was typed is kept; nothing is asked of anybody."""

    def not_kept(self, error: RegistryError) -> None:
        """It is not: the person knows, and saves or copies it."""
        if self._job is not None:
            self._view().problems({}, str(error))

    # -- saving

    def save(self, texts: Texts) -> None:
        """Read and keep what was typed; every problem is told at once, what is held back is asked once."""
        job = self._job
        if job is None or self._busy:
            return
        self._texts = dict(texts)
        record, problems = job.read(self._record, texts)
        if problems:
            self._say_problems(problems)
            return
        confirmed = frozenset(self._doubts)
        self._run(lambda: job.save(record, confirmed))

    def withdraw(self, reason: str) -> None:
        """It was entered in error."""
        job, record = self._job, self._record
        take_back = job.withdraw if job is not None else None
        if take_back is not None and not self._busy:
            self._run(lambda: take_back(record, reason))

    def _run(self, work: Callable[[], Changed]) -> None:
        self._busy = True
        self._keeping.hold()

        def settle() -> Changed:
            changed = work()
            self._keeping.forget()
            return changed

        self._tasks.run(settle, self._saved, self._refused)

    def _saved(self, changed: Changed) -> None:
        self._busy = False
        self._keeping.end()
        self._job = None
        self._view().close()
        self._feed.publish(changed)
        self._then(changed)

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        self._keeping.go_on()
        job, record = self._job, self._record
        if isinstance(error, InvalidInput):
            self._say_problems(error.problems)
        elif isinstance(error, Doubtful):
            self._doubts = tuple(sorted({*self._doubts, *error.doubts}))
            self._view().doubts(error.doubts)
        elif isinstance(error, StaleRecord) and job is not None:
            words = tr("Somebody changed this meanwhile. Nothing was overwritten: choose field by field.")
            self._view().problems({}, words)
            self._tasks.run(lambda: job.current(record), self._meet, self._refused)
        else:
            self._view().problems({}, str(error))

    def _say_problems(self, problems: Mapping[str, str]) -> None:
        words = tr("Some entries need correction. Nothing has been saved yet.")
        unseen = [said for code, said in problems.items() if code not in self._start and code != "error_reason"]
        self._view().problems(problems, " ".join((words, *unseen)))

    # -- two people

    def _meet(self, theirs: Any) -> None:
        """Somebody saved first: what only they changed is taken, and where both did the person decides."""
        job = self._job
        if job is None:
            return
        self._theirs = theirs
        fields = {field.code: field for field in job.show(theirs)}
        self._merge = three_way(self._start, self._texts, {code: field.text for code, field in fields.items()})
        if self._merge.clashes and job.who is not None:
            self._view().ask_conflict(self._conflict(self._merge, fields, job.who))
            return
        clashes = self._merge.clashes
        told = [tr("They saved {field}: {value}.", field=fields[c.key].label, value=c.theirs or "") for c in clashes]
        self.settled({clash.key: Side.MINE for clash in clashes}, " ".join(told))

    @staticmethod
    def _conflict(merge: Merge[str], fields: Mapping[str, SheetField], who: Identity) -> ConflictShown:
        def label(code: str) -> str:
            return fields[code].label if code in fields else code

        def words(code: str, text: str) -> str:
            options = dict(fields[code].options) if code in fields else {}
            return ", ".join(options.get(part, part) for part in text.split(",") if part) or tr("Nothing")

        return ConflictShown(
            who=who,
            title=tr("Two people changed this entry"),
            lines=lines_of(merge.clashes, label, words, tr("not kept")),
            theirs_by=tr("saved meanwhile"),
            button=tr("Take these choices"),
            before_when=tr("when you began"),
            mine_when=tr("not saved yet"),
            taken=tuple(tr("Taken from theirs: {words}", words=each) for each in taken_of(merge, label, words)),
        )

    def settled(self, choices: Mapping[str, Side], more: str = "") -> None:
        """What comes of both stands in the sheet; it is looked at, then saved."""
        job, merge = self._job, self._merge
        self._merge = None
        if job is None or merge is None:
            return
        self._record, self._version = self._theirs, job.version(self._theirs)
        self._start = {field.code: field.text for field in job.show(self._theirs)}
        self._texts = merge.choose(choices)
        self._keeping.edited(self._version, self._start, self._texts)
        words = tr("Somebody changed this meanwhile. Their changes and yours are shown: look, then save again.")
        self._view().left(self._texts, f"{words} {more}".strip())
