"""Keep the registry safe: verified copies with their keys, and a check of everything that is stored."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path

from poems_registry.catalogue.book import CATALOGUE, UnknownItem
from poems_registry.catalogue.drafting import field_of, read_field
from poems_registry.catalogue.kinds import Invalid
from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotAllowedNow, NotSaved, RegistryError
from poems_registry.domain.findings import Finding, Value
from poems_registry.domain.locations import ServerAddress
from poems_registry.domain.records import LetterState
from poems_registry.letters.plain_words import FORM
from poems_registry.services.access import Service, needs
from poems_registry.services.places import place_of
from poems_registry.storage import audit, backup, encounter_versions, files, letter_copies, letters, migrate
from poems_registry.storage.unit_of_work import Session
from poems_registry.system import paths
from poems_registry.system.key_file import KeyDocument, replace_whole

SUFFIX = ".registry"
SIGNED = (LetterState.SIGNED, LetterState.DISPATCHED, LetterState.SUPERSEDED, LetterState.WITHDRAWN)
_SERVER = (
    "This registry is on a server, and its backups are made there. Nothing was copied. Whoever keeps the server makes"
    " them with pg_dump, keys included; docs/postgresql.md says how, and how one tries that a backup can be restored."
)


@dataclass(frozen=True, slots=True)
class Copied:
    """A finished, verified copy: the registry, its keys, and the rows of each table."""

    path: Path
    keys: Path
    rows: dict[str, int]
    revision: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole registry found; `problems` are words without any patient's, none when all is well."""

    rows: dict[str, int]
    revision: str
    audit_entries: int
    findings: int
    letters: int
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether everything held."""
        return not self.problems


class SafekeepingService(Service):
    """Copies and checks."""

    @needs(Permission.MANAGE)
    def back_up(self, out: Path) -> Copied:
        """Copy the open registry and its key file to a new place, or into a folder; in the audit before it exists.

        The copy opens with the same passwords and recovery key. NotSaved if it could not be written and verified;
        NotAllowedNow for a registry on a server.
        """
        me = self.signed_in
        if isinstance(me.place, ServerAddress):
            raise NotAllowedNow(_SERVER)
        target = self._named(out)
        keys = paths.key_file(target)
        if paths.is_keys_name(target):
            raise NotAllowedNow(
                "This name is kept for the key file, which would take the copy's place. Nothing was copied; choose a"
                " name that ends otherwise."
            )
        if target.exists() or keys.exists():
            raise NotAllowedNow("There is already a file of this name. Nothing was copied; choose another name.")
        with me.store.writing(me.actor) as session:
            audit.record_event(session, "backup", about=("registry", ""))
        made = backup.copy_to(me.store.engine, me.keys, target)
        try:
            document = place_of(me.place).keys.read()
            replace_whole(keys, document)
            KeyDocument.from_text(keys.read_text(encoding="utf-8"))
        except (OSError, RegistryError):
            target.unlink(missing_ok=True)
            keys.unlink(missing_ok=True)
            raise NotSaved(
                "The keys could not be copied, and a copy without keys opens for nobody, so there is no new copy."
                " The registry itself is safe. Check the place and its free space."
            ) from None
        with me.store.writing(me.actor) as session:
            audit.record_event(session, "backed_up", about=("registry", ""), rows=sum(made.rows.values()))
        return Copied(target, keys, made.rows, made.revision)

    @needs(Permission.MANAGE)
    def check(self) -> Checked:
        """Pages, structure, references, the audit chain, every finding through its kind, signed letters and visits."""
        store = self.signed_in.store
        report = backup.check(store.engine)
        problems = list(report.problems)
        with store.reading() as session:
            last, _ = audit.head(session)
            problems += [f"audit entry {each.seq}: {each.what}" for each in audit.verify(session, store.audit_key)]
            findings, unreadable = _reread(session, self.signed_in.today)
            signed, damaged = _letters(session)
            versions = encounter_versions.altered(session)
        problems += [*unreadable, *damaged]
        problems += [f"visit {visit}: version {number} is not what was signed" for visit, number in versions]
        return Checked(report.rows, report.revision, last, findings, signed, tuple(problems))

    @needs(Permission.FIND_PATIENTS)
    def layout(self) -> str:
        """The revision the open registry is laid out by: the newest, since opening brings it up to date."""
        return migrate.revision(self.signed_in.store.engine)

    def _named(self, out: Path) -> Path:
        """The file itself, or one in the folder, named by moment and audit sequence (reliability 4)."""
        if not out.is_dir():
            return out if out.suffix else out.with_suffix(SUFFIX)
        with self.signed_in.store.reading() as session:
            last, _ = audit.head(session)
        moment = self.signed_in.clock.now().astimezone(UTC).strftime("%Y%m%d-%H%M%SZ")
        return out / f"registry-{moment}-seq{last:06d}{SUFFIX}"


def _reread(session: Session, today: date) -> tuple[int, list[str]]:
    """How many findings there are, and each that its kind would not read as it is stored."""
    count, problems = 0, []
    for file in files.load_files(session):
        for encounter in file.encounters:
            for finding in encounter.findings:
                count += 1
                problems += [f"encounter {encounter.id}, {finding.item}: {why}" for why in _wrong_with(finding, today)]
    return count, problems


def _wrong_with(finding: Finding, today: date) -> Iterator[str]:
    try:
        item = CATALOGUE.item(finding.item)
        again = read_field(item, field_of(item, finding), today)
    except UnknownItem:
        yield "this program does not know the item"
    except (Invalid, ValueError, TypeError):
        yield "its value does not fit its kind"
    else:
        if again is None or again.state is not finding.state or again.sign is not finding.sign:
            yield "it does not read back as it is stored"
        elif not _same(again.value, finding.value):
            yield "its value does not read back as it is stored"


def _same(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return one == other


def _letters(session: Session) -> tuple[int, list[str]]:
    """How many signed letters there are, and each whose bytes are not those that were signed."""
    signed = [letter for letter in letters.in_states(session, *SIGNED) if letter.signature is not None]
    problems = []
    for letter in signed:
        try:
            letters.signed_pages(session, letter.id)
        except RegistryError:
            problems.append(f"letter {letter.id}: its pages are not those that were signed")
        try:
            letter_copies.form(session, letter.id, FORM)
        except RegistryError:
            problems.append(f"letter {letter.id}: its plain words are not those that were frozen")
    return len(signed), problems
