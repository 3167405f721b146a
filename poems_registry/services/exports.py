"""Export: pseudonymised tables, the identifiable transfer, the data dictionary; in the audit before they exist."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from poems_registry import __version__
from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotSaved
from poems_registry.exports import csv, json, treatment, wide, xlsx
from poems_registry.exports.dictionary import dictionary
from poems_registry.exports.manifest import Manifest, place
from poems_registry.exports.pseudonyms import project_key
from poems_registry.exports.release import Piece, publish, publish_one
from poems_registry.exports.table import NotExported, Table
from poems_registry.exports.transfer import transfer
from poems_registry.services.access import Service, needs
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.research_consent import research_behind
from poems_registry.services.transfer_beside import beside, holds
from poems_registry.storage import (
    audit,
    consents,
    encounter_versions,
    files,
    patients,
    registry,
    settings,
)

SUFFIXES = {"csv": csv.SUFFIX, "xlsx": xlsx.SUFFIX, "json": json.SUFFIX}
"""The forms a table can be written in, and how their files end."""

DEFAULT_PROJECT = "registry"
_RESEARCH = tuple(item.code for item in CATALOGUE.items.values() if item.research)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of one export go; a workbook holds its dictionary itself."""

    data: Path
    dictionary: Path
    manifest: Path
    alone: bool = False

    def beside(self, table: str) -> Path:
        """The place of another table: beside a file of its own name, or in the folder."""
        name = f"{self.data.stem}.{table}" if self.alone else table
        return self.data.with_name(f"{name}{self.data.suffix}")


class ExportService(Service):
    """Files that leave the registry."""

    @needs(Permission.EXPORT_PSEUDONYMISED)
    def pseudonymised(
        self, form: str, out: Path, *, purpose: str = "", basis: str = "", project: str = DEFAULT_PROJECT
    ) -> Manifest:
        """One row an encounter, with data dictionary and manifest; `form` is csv, xlsx or json.

        Lines, drugs, radiotherapy, transplants, supportive care and events are tables beside it.

        `out` is the data file, by its ending, or else a folder, made if missing. Pseudonyms are the same in every
        export of one `project`, and two projects cannot be joined. Who declined or took
        back their consent is left out and counted.
        """
        places = places_of(out, form, "encounters")
        with self.signed_in.store.reading() as session:
            everyone, inside = patients.all_ids(session), consents.kept_inside(session)
            willing = [patient_id for patient_id in everyone if patient_id not in inside]
            crowd = wide.small_groups(files.load_files(session, willing, items=()))
            behind, held = research_behind(session, willing)
            held += wide.outside_research(files.load_files(session, willing, items=_RESEARCH), CATALOGUE)
        left_out = len(everyone) - len(willing)
        missing = {"patients who declined research or withdrew": left_out} if left_out else {}
        missing |= {"results of research samples without consent shown": held} if held else {}
        manifest = replace(
            self._manifest("pseudonymised encounters", purpose, len(willing)),
            basis=basis,
            project=project,
            left_out=missing,
            notices=_crowd_notices(crowd),
        )
        key = project_key(self.signed_in.keys, project)
        self._note("export", manifest, form, willing)
        with self.signed_in.store.reading() as session:
            thresholds = thresholds_of(settings.load_all(session))
            table = wide.encounters(files.load_files(session, willing), CATALOGUE, key, thresholds, behind)
            beside = treatment.tables(files.load_files(session, willing, items=()), key)
            made = _published(form, places, table, manifest, beside)
        self._note("exported", made, form)
        return made

    @needs(Permission.EXPORT_IDENTIFIABLE)
    def transfer(self, out: Path, purpose: str) -> Manifest:
        """Everything recorded or signed, with names and numbers, one row a finding; `import findings` reads it back.

        The manifest says how much of what goes on around the visits and in research is in it, and what is not.

        InvalidInput without a purpose. CSV, or a workbook if `out` ends so.
        """
        if not purpose.strip():
            raise InvalidInput({"purpose": "say what the identifiable file is for and who receives it"})
        form = "xlsx" if out.suffix.lower() == xlsx.SUFFIX else "csv"
        places = places_of(out, form, "transfer")
        with self.signed_in.store.reading() as session:
            everyone = [file.patient.id for file in files.load_files(session, items=())]
            contents = holds(session)
        manifest = replace(
            self._manifest("identifiable transfer", purpose.strip(), len(everyone)),
            identifiable=True,
            suppression="none",
            notices=contents,
        )
        self._note("export", manifest, form, everyone)
        with self.signed_in.store.reading() as session:
            versions = partial(encounter_versions.earlier_of, session)
            everything = transfer(files.load_files(session), CATALOGUE, versions, beside(session))
            made = _published(form, places, everything, manifest)
        self._note("exported", made, form)
        return made

    @needs(Permission.FIND_PATIENTS)
    def dictionary(self, out: Path) -> int:
        """The data dictionary alone: see `write_dictionary`."""
        return write_dictionary(out)

    def _manifest(self, what: str, purpose: str, patients: int) -> Manifest:
        with self.signed_in.store.reading() as session:
            name = registry.load(session).name
        return Manifest(
            what=what,
            made_by=self.signed_in.person.name,
            made_at=self.signed_in.clock.now(),
            program=__version__,
            registry=name,
            training=self.signed_in.training,
            identifiable=False,
            purpose=purpose,
            basis="",
            chosen="every patient; encounters that are recorded or signed",
            patients=patients,
        )

    def _note(self, action: str, manifest: Manifest, form: str, whom: Sequence[int] = ()) -> None:
        """In a transaction of its own: what is on its way out, and of `whom`, stands in the audit before it exists."""
        with self.signed_in.store.writing(self.signed_in.actor, manifest.purpose) as session:
            audit.record_event(
                session,
                action,
                about=("export", manifest.what),
                form=form,
                basis=manifest.basis,
                project=manifest.project,
                patients=manifest.patients,
                files=tuple(f"{made.name}: {made.rows} rows, sha256 {made.sha256}" for made in manifest.files),
            )
            for patient_id in whom:
                audit.record_event(session, action, patient_id, about=("export", manifest.what))


def write_dictionary(out: Path) -> int:
    """The data dictionary as CSV, workbook or JSON, by the ending of `out`; gives its rows. Needs no registry.

    NotExported for another ending; NotSaved if the disk refuses.
    """
    form = next((form for form, suffix in SUFFIXES.items() if out.suffix.lower() == suffix), "")
    if not form:
        raise NotExported(f"A data dictionary ends in {', '.join(SUFFIXES.values())}. Nothing was written.")
    return publish_one(Piece(out, _writer(form, dictionary(CATALOGUE))))


def places_of(out: Path, form: str, name: str) -> Places:
    """Where an export goes: beside a file that ends rightly, or into a folder, which is made."""
    suffix = SUFFIXES.get(form, "")
    if not suffix:
        raise NotExported(f"There is no form {form}: choose {', '.join(SUFFIXES)}. Nothing was written.")
    if out.suffix and not out.is_dir():
        if out.suffix.lower() != suffix:
            raise NotExported(f"A file of this form ends in {suffix}. Nothing was written.")
        stem = out.with_suffix("")
        return Places(
            out,
            stem.with_name(f"{stem.name}.dictionary{suffix}"),
            stem.with_name(f"{stem.name}.manifest.json"),
            alone=True,
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(
            f"The folder cannot be made: {error.strerror or 'the disk refused'}. Nothing was exported."
        ) from None
    return Places(out / f"{name}{suffix}", out / f"data_dictionary{suffix}", out / "manifest.json")


def _published(form: str, places: Places, table: Table, manifest: Manifest, beside: tuple[Table, ...] = ()) -> Manifest:
    words = dictionary(CATALOGUE)
    if form == "xlsx":
        pieces = [Piece(places.data, lambda path: xlsx.write([table, *beside, words], path)[0])]
    else:
        pieces = [Piece(places.data, _writer(form, table)), Piece(places.dictionary, _writer(form, words))]
        pieces += [Piece(places.beside(each.name), _writer(form, each)) for each in beside]
    return publish(pieces, manifest, place(places.manifest, [piece.path.name for piece in pieces]))


def _writer(form: str, table: Table) -> Callable[[Path], int]:
    writers: dict[str, Callable[[Path], int]] = {
        "csv": lambda path: csv.write(table, path),
        "json": lambda path: json.write(table, path),
        "xlsx": lambda path: xlsx.write([table], path)[0],
    }
    return writers[form]


def _crowd_notices(crowd: int) -> tuple[str, ...]:
    if not crowd:
        return ()
    return (f"{crowd} patients share sex and age band with fewer than four others in this file.",)
