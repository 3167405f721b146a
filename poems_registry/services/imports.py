"""Import patients, results and transfers: each file judged row by row, all in one transaction, or nothing at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.proposals import Counts, Fate, Judged
from poems_registry.exports.table import Row, Table
from poems_registry.intake import mapping as maps
from poems_registry.intake.csv_reader import MOST_LETTERS_TOLD
from poems_registry.intake.mapping import AnyMap, LabsMap, PatientsMap
from poems_registry.intake.readers import read
from poems_registry.intake.source import Source
from poems_registry.intake.toml_table import BadMapping
from poems_registry.services.access import Service, needs
from poems_registry.services.aside_file import AsideFile
from poems_registry.services.changes import Changed
from poems_registry.services.intake_steps import Outcome, import_findings, import_labs, import_patients
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, imports
from poems_registry.storage.imports import ImportBatch
from poems_registry.storage.unit_of_work import Session
from poems_registry.system import paths


class ImportKind(StrEnum):
    """What the rows of the files are."""

    PATIENTS = "patients"
    LABS = "labs"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row: which, and why, in words that quote no cell but a unit."""

    file: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `seen_before`: a file with exactly this content was imported earlier."""

    name: str
    sha256: str
    encoding: str
    counts: Counts
    seen_before: bool
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do if `dry_run`."""

    kind: ImportKind
    dry_run: bool
    files: tuple[FileReport, ...]
    refused: tuple[Refusal, ...]

    @property
    def counts(self) -> Counts:
        """Over all files."""
        return sum((file.counts for file in self.files), Counts())

    @property
    def line(self) -> str:
        """The reconciliation line of decision 21."""
        return self.counts.line


class ImportRefused(RegistryError):
    """Rows were refused and nobody asked to set them aside; `report` says which and why."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        count = len(report.refused)
        rows = "1 row was" if count == 1 else f"{count:,} rows were"
        super().__init__(
            f"{rows} refused, so nothing was imported and the registry is unchanged. Correct them in the file, name"
            " their test under 'ignore' in the mapping, or let them be set aside into a file of their own."
        )


class _DryRun(Exception):
    """Leaves the transaction without saving it."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        super().__init__()


class ImportService(Service):
    """Files from outside, into the registry."""

    @needs(Permission.IMPORT)
    def plan(self, kind: ImportKind, files: Sequence[Path], mapping: str = "") -> ImportReport:
        """What `carry_out` would do: the same steps in a transaction that is not saved. Refused rows raise nothing."""
        report, _ = self._run(kind, files, mapping, None, dry_run=True)
        return report

    @needs(Permission.IMPORT)
    def carry_out(
        self, kind: ImportKind, files: Sequence[Path], mapping: str = "", set_aside: Path | None = None
    ) -> tuple[ImportReport, Changed]:
        """Import all files or none (decision 21).

        `mapping` is a mapping file, the name of one that came with the program, or empty: then the one whose columns
        the file has. ImportRefused if a row is refused, unless `set_aside` names a CSV file to write such rows to.
        """
        return self._run(kind, files, mapping, set_aside, dry_run=False)

    def _run(
        self, kind: ImportKind, files: Sequence[Path], mapping: str, set_aside: Path | None, *, dry_run: bool
    ) -> tuple[ImportReport, Changed]:
        sources = [_opened(kind, path, mapping) for path in files]
        outcomes: list[Outcome] = []
        reports: list[FileReport] = []
        aside = AsideFile(set_aside)
        try:
            with self.signed_in.store.writing(self.signed_in.actor, f"import of {kind.value}") as session:
                for source, chosen in sources:
                    outcome, told = self._one(session, kind, source, chosen)
                    outcomes.append(outcome)
                    reports.append(told)
                report = ImportReport(kind, dry_run, tuple(reports), tuple(_refusals(sources, outcomes)))
                if dry_run:
                    raise _DryRun(report)
                if report.refused and set_aside is None:
                    raise ImportRefused(report)
                touched = frozenset[int]().union(*(outcome.touched for outcome in outcomes))
                refresh(session, sorted(touched), self.signed_in.today)
                if report.refused:
                    aside.write(_table([source for source, _ in sources], outcomes))
        except _DryRun as done:
            return done.report, Changed()
        except BaseException:
            aside.undo()
            raise
        return report, Changed(patients=touched, everything=bool(touched))

    def _one(
        self, session: Session, kind: ImportKind, source: Source, mapping: AnyMap | None
    ) -> tuple[Outcome, FileReport]:
        before = imports.find(session, source.sha256, kind.value)
        outcome = self._step(session, source, mapping, seen_before=before is not None)
        if before is None:
            batch = ImportBatch(
                source.sha256,
                kind.value,
                self.signed_in.clock.now(),
                self.signed_in.person.name,
                outcome.counts.as_numbers(),
            )
            imports.add(session, batch)
        about = ("import", source.sha256)
        audit.record_event(session, "import", about=about, kind=kind.value, **outcome.counts.as_numbers())
        notices = (*source.notices, *outcome.notices)
        report = FileReport(
            source.name, source.sha256, source.encoding, outcome.counts, before is not None, tuple(notices)
        )
        return outcome, report

    def _step(self, session: Session, source: Source, mapping: AnyMap | None, *, seen_before: bool) -> Outcome:
        match mapping:
            case PatientsMap():
                return import_patients(session, source, mapping, self.signed_in)
            case LabsMap():
                return import_labs(session, source, mapping, self.signed_in, seen_before=seen_before)
            case None:
                return import_findings(session, source, self.signed_in)


def _opened(kind: ImportKind, path: Path, mapping: str) -> tuple[Source, AnyMap | None]:
    """The file's rows, and the mapping they are read by; transfer files need none."""
    if kind is ImportKind.FINDINGS:
        return read(path, most_letters=MOST_LETTERS_TOLD), None
    chosen = _mapping_of(kind, mapping) if mapping else None
    source = read(path, chosen.sheet, chosen.head_row) if chosen is not None else read(path)
    if chosen is None:
        chosen = _fitting(kind, source)
    missing = [column for column in chosen.columns if column not in source.head]
    if missing:
        raise BadMapping(f"the file {source.name} has no column {missing[0]}")
    return source, chosen


def _mapping_of(kind: ImportKind, mapping: str) -> AnyMap:
    path = Path(mapping)
    if path.suffix != ".toml":
        path = paths.resource("maps", f"{mapping}.toml")
    found = maps.load(path, CATALOGUE)
    if isinstance(found, LabsMap) != (kind is ImportKind.LABS):
        raise BadMapping(f"it is not for {kind.value}")
    return found


def _fitting(kind: ImportKind, source: Source) -> AnyMap:
    """The one mapping that came with the program whose columns the file has."""
    wanted = LabsMap if kind is ImportKind.LABS else PatientsMap
    every = [maps.load(path, CATALOGUE) for path in sorted(paths.resource("maps").glob("*.toml"))]
    fitting = [each for each in every if isinstance(each, wanted) and set(each.columns) <= set(source.head)]
    if len(fitting) != 1:
        raise BadMapping(f"none of those that came with the program fits {source.name}, so one must be named")
    return fitting[0]


def _refusals(sources: Sequence[tuple[Source, AnyMap | None]], outcomes: Sequence[Outcome]) -> Iterator[Refusal]:
    for (source, _), outcome in zip(sources, outcomes, strict=True):
        for row in _aside(outcome):
            yield Refusal(source.name, row.number, row.reason)


def _aside(outcome: Outcome) -> list[Judged]:
    return [row for row in outcome.judged if row.fate is Fate.SET_ASIDE]


_EXTRA = ("set_aside_from", "set_aside_row", "set_aside_because")


def _table(sources: Sequence[Source], outcomes: Sequence[Outcome]) -> Table:
    """The refused rows with all their cells, and where each came from; cells beyond the head stand in one column."""
    head = list(dict.fromkeys(name for source in sources for name in source.head))
    rows: list[Row] = []
    for source, outcome in zip(sources, outcomes, strict=True):
        for row in _aside(outcome):
            cells = dict(zip(source.head, row.cells, strict=False))
            beyond = " | ".join(row.cells[len(source.head) :])
            rows.append((*(cells.get(name, "") for name in head), beyond, source.name, row.number, row.reason))
    return Table("set_aside", (*head, "set_aside_beyond", *_EXTRA), rows)
