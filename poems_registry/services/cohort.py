"""Cohort summaries: on screen with true counts, and as files for the team or, with small numbers withheld, for release.

`cohort --out` and the screen's report write what the team uses, marked NOT FOR RELEASE on every page and in every
file, unless a release is asked for: whoever lets figures out has to say so, and the audit says who did.
"""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from poems_registry import __version__
from poems_registry.cohort import dictionary as dictionaries
from poems_registry.cohort import drawings, words
from poems_registry.cohort import rows as long_form
from poems_registry.cohort.choosing import Conditions, LeftOut, Reason, Rule
from poems_registry.cohort.people import FirstTreatment
from poems_registry.cohort.releasing import released
from poems_registry.cohort.report import Made, report
from poems_registry.cohort.summary import Basis, Summary, summarise
from poems_registry.cohort.table_one import GROUP_WORDS, Group
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import letter_date
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotSaved
from poems_registry.domain.thresholds import Thresholds
from poems_registry.exports import csv, xlsx
from poems_registry.exports.manifest import Manifest, place
from poems_registry.exports.release import Piece, publish
from poems_registry.exports.table import NotExported, Table
from poems_registry.pages.pdf import render
from poems_registry.services.access import Service, needs
from poems_registry.services.clinic_settings import BY_NAME, as_pairs
from poems_registry.services.members import bring_up, members_on
from poems_registry.storage import audit, consents

__all__ = [
    "GROUP_WORDS",
    "CohortService",
    "Conditions",
    "FirstTreatment",
    "Group",
    "LeftOut",
    "Reason",
    "Rule",
    "Summary",
    "Written",
    "drawings",
    "words",
]

Write = Callable[[Path], int]
"""Writes a file to a path that does not exist yet and gives its number of rows."""

PDF = ".pdf"
SUFFIXES = (PDF, xlsx.SUFFIX, csv.SUFFIX)
TEAM_ONLY = "True counts of few people with a rare disease: for use inside the clinic. Do not pass on or publish."
RELEASED = "Small numbers are withheld by the rules named here. Do not try to find out who a patient is."


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were made, the summary they hold and their manifest."""

    paths: tuple[Path, ...]
    summary: Summary
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    content: bytes
    rows: int


class CohortService(Service):
    """What the clinic's patients have in common."""

    @needs(Permission.COHORT)
    def summary(
        self, data_date: date | None = None, *, release: bool = False, conditions: Conditions | None = None
    ) -> Summary:
        """The cohort up to a day, today if none is given; `release` withholds small numbers. Each look is audited.

        InvalidInput for a day in the future.
        """
        made = self._summary(data_date, conditions or Conditions(), release=release)
        if not self.signed_in.read_only:
            self._note("view", made)
        return made

    @needs(Permission.COHORT)
    def write(
        self,
        path: Path,
        *,
        release: bool = False,
        data_date: date | None = None,
        conditions: Conditions | None = None,
    ) -> Written:
        """Write the summary as PDF, workbook or CSV by the ending of `path`, with its dictionary and manifest.

        All files appear together, after the audit names them with their sums. NotExported for another ending,
        NotAllowedNow for a release of too few people, NotSaved if the disk refuses: nothing has appeared then.
        """
        if path.suffix.lower() not in SUFFIXES:
            raise NotExported("A cohort summary ends in .pdf, .xlsx or .csv. Nothing was written. Choose one of these.")
        summary = self._summary(data_date, conditions or Conditions(), release=release)
        if summary.size is None:
            raise NotAllowedNow(
                "So few people meet these conditions that nothing about them may be released. Nothing was written."
                " Widen the conditions, or write the summary for use inside the clinic."
            )
        made = self._made(path, summary)
        self._note("export", summary, tuple(made))
        listed = place(path.with_name(f"{path.stem}.manifest.json"), [file.path.name for file in made])
        pieces = [Piece(file.path, _content(file)) for file in made]
        manifest = publish(pieces, self._manifest(summary), listed)
        return Written((*(f.path for f in made), listed), summary, manifest)

    def _summary(self, data_date: date | None, conditions: Conditions, *, release: bool) -> Summary:
        day = data_date or self.signed_in.today
        if day > self.signed_in.today:
            raise InvalidInput({"data_date": "lies in the future"})
        thresholds, members = members_on(self.signed_in, day)
        basis = Basis(data_date=day, settings=_settings(thresholds), training=self.signed_in.training)
        if not release:
            return summarise(members, conditions, basis)
        with self.signed_in.store.reading() as session:
            inside = consents.kept_inside(session)
        true = summarise((member for member in members if member.id not in inside), conditions, basis)
        return released(_without(true, tuple(member.id for member in members if member.id in inside)))

    @needs(Permission.COHORT)
    def prepare(self) -> int:
        """Make what summaries ask of the patients whose record has changed, so that the next one is there at once.

        Gives their number. For spare moments, and after many records came in together.
        """
        return bring_up(self.signed_in)

    def _made(self, path: Path, summary: Summary) -> list[_File]:
        """Every file's content, made in a private folder beside its goal, which is gone afterwards."""
        terms = Table("dictionary", dictionaries.HEAD, list(dictionaries.dictionary()))
        beside = path.with_name(f"{path.stem}.dictionary{csv.SUFFIX}")
        figures = Table("cohort_summary", long_form.HEAD, list(long_form.rows(summary)))
        match path.suffix.lower():
            case csv.SUFFIX:
                return [_csv(path, figures), _csv(beside, terms)]
            case xlsx.SUFFIX:
                return [_workbook(path, [figures, _table_one(summary), _responses(summary), _features(summary), terms])]
            case _:
                clinic = self.signed_in.clinic.name
                made = Made(self.signed_in.clock.now(), self.signed_in.today, self.signed_in.person.name, clinic)
                return [_File(path, render(report(summary, made)), 0), _csv(beside, terms)]

    def _manifest(self, summary: Summary) -> Manifest:
        """Says no more than the files do: of a release, released counts only."""
        release = summary.release
        told = {str(each.reason): each.count for each in summary.left_out if each.count is not None}
        hidden = [str(each.reason) for each in summary.left_out if each.count is None]
        basis = summary.basis
        return Manifest(
            what="cohort summary" if release is None else "cohort summary for release",
            made_by=self.signed_in.person.name,
            made_at=self.signed_in.clock.now(),
            program=__version__,
            registry=self.signed_in.clinic.name,
            training=self.signed_in.training,
            identifiable=False,
            purpose="",
            basis="",
            chosen=summary.chosen,
            patients=summary.size or 0,
            suppression=f"none. {words.NOT_FOR_RELEASE}" if release is None else words.release_rules(release),
            left_out=told,
            notices=(f"Left out, too few to be told: {', '.join(hidden)}.",) if hidden else (),
            settings={
                "data up to": basis.data_date.isoformat(),
                "criteria rule set": basis.rule_set,
                "response rule set": basis.response_rules,
                **{label: value for _, label, value in basis.settings},
            },
            keep_in_mind=TEAM_ONLY if release is None else RELEASED,
        )

    def _note(self, action: str, summary: Summary, made: tuple[_File, ...] = ()) -> None:
        """In a transaction of its own: what is on its way out stands in the audit before it exists."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            audit.record_event(
                session,
                action,
                about=("cohort", letter_date(summary.basis.data_date)),
                conditions=summary.chosen,
                patients=words.count(summary.size),
                of=words.count(summary.everyone),
                release=summary.release is not None,
                files=tuple(
                    f"{file.path.name}: {file.rows} rows, sha256 {hashlib.sha256(file.content).hexdigest()}"
                    for file in made
                ),
            )


def _without(summary: Summary, ids: tuple[int, ...]) -> Summary:
    """Says that these people, who declined or took back their consent, were left out before anything was counted."""
    if not ids or summary.everyone is None:
        return summary
    left_out = (*summary.left_out, LeftOut(Reason.NO_CONSENT, len(ids), ids))
    return replace(summary, everyone=summary.everyone + len(ids), left_out=left_out)


def _settings(thresholds: Thresholds) -> tuple[tuple[str, str, str], ...]:
    """Each with its label, and its value in words with the unit."""
    said = []
    for name, value in as_pairs(thresholds):
        setting = BY_NAME[name]
        shown = value.replace("|", ", ").replace("_", " ") or "none"
        said.append((name, setting.label, f"{shown} {setting.unit}".strip()))
    return tuple(said)


def _content(file: _File) -> Write:
    def write(path: Path) -> int:
        path.write_bytes(file.content)
        return file.rows

    return write


def _csv(path: Path, table: Table) -> _File:
    return _written(path, lambda there: csv.write(table, there))


def _workbook(path: Path, tables: list[Table]) -> _File:
    return _written(path, lambda there: xlsx.write(tables, there)[0])


def _written(path: Path, write: Write) -> _File:
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".cohort-") as private:
            there = Path(private) / path.name
            count = write(there)
            return _File(path, there.read_bytes(), count)
    except OSError as error:
        reason = error.strerror or "the disk refused"
    raise NotSaved(f"The summary was not written: {reason}. The registry is safe and unchanged. Choose another place.")


def _table_one(summary: Summary) -> Table:
    """Table 1 as the report prints it."""
    head = ("at_diagnosis", *(GROUP_WORDS[group] for group in Group), "assessed")
    lines = []
    for row in summary.table_one:
        cells = [words.cell(row.cell(group), row.decimals, whole_range=row.whole_range) for group in Group]
        lines.append((words.row_label(row), *cells, words.count(row.cell(Group.ALL).assessed)))
    sizes = ("Patients", *(words.count(summary.group(group)) for group in Group), words.count(summary.size))
    standing = (words.standing(summary), "", "", "", "")
    return Table("table_1", head, [standing, sizes, *lines])


def _responses(summary: Summary) -> Table:
    """The best responses as the report prints them."""
    head = ("best_grade_first_line", *(GROUP_WORDS[group] for group in Group), "not assessed")
    standing = (words.standing(summary), "", "", "", "")
    return Table("response", head, [standing, *map(words.response_row, summary.responses)])


def _features(summary: Summary) -> Table:
    """The features as the report prints them."""
    head = ("feature", "present / assessed", "not assessed", "% (95% Wilson)")
    lines = [(words.standing(summary), "", "", "")]
    for row in drawings.ordered(summary.features):
        for label, share in ((row.label, row.ever), (f"{row.label}, {drawings.RECORDED_LABEL}", row.recorded)):
            if share is not None:
                numbers = (words.of_assessed(share), words.count(share.unassessed), words.percent_and_interval(share))
                lines.append((label, *numbers))
    return Table("features", head, lines)
