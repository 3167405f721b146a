"""The clinic's templates of letters: seen, checked, put in force, tried on a made-up patient, put back."""

from dataclasses import dataclass
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound
from poems_registry.exports.release import Piece, publish_one
from poems_registry.letters.built_in import built_in_text
from poems_registry.letters.envelope_test import envelope_test
from poems_registry.letters.kinds import compose
from poems_registry.letters.plain_words import plain_words
from poems_registry.letters.template import Template, Templates
from poems_registry.letters.template_form import FORMS, MOST_BYTES, PLAIN_WORDS
from poems_registry.letters.template_reading import read_bytes
from poems_registry.pages.document import Document
from poems_registry.services.access import Service, needs
from poems_registry.services.template_in_use import TemplateInUse, in_force
from poems_registry.services.training.specimen import specimen
from poems_registry.storage import audit, registry
from poems_registry.storage import letter_templates as stored


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """One kind of letter with the wording in force."""

    kind: str
    words: str
    in_use: TemplateInUse


@dataclass(frozen=True, slots=True)
class Checked:
    """A template file that was looked at and not put in force: why it cannot be, or nothing."""

    kind: str
    name: str
    content: bytes
    problems: tuple[str, ...]


class TemplateService(Service):
    """What one can do with the wording of letters."""

    @needs(Permission.MANAGE)
    def everything(self) -> tuple[TemplateCard, ...]:
        """Every kind of letter, with what is in force and whether anything is wrong with it."""
        with self.signed_in.store.reading() as session:
            return tuple(TemplateCard(kind, form.words, in_force(session, kind)) for kind, form in FORMS.items())

    @needs(Permission.MANAGE)
    def check(self, kind: str, path: Path) -> Checked:
        """Read a file and check it line by line; nothing changes. InvalidInput if it cannot be read at all."""
        content = _content(path)
        found = read_bytes(content, _known(kind))
        return Checked(kind, path.name, content, tuple(problem.told for problem in found.problems))

    @needs(Permission.MANAGE)
    def put_in_force(self, checked: Checked, seen: int) -> TemplateCard:
        """Word letters of a kind by this file from now on; what is signed stays as it was.

        InvalidInput names every problem; StaleRecord unless `seen` is the newest version. Nothing is changed then.
        """
        found = read_bytes(checked.content, _known(checked.kind))
        if found.template is None:
            raise InvalidInput({f"problem {n}": each.told for n, each in enumerate(found.problems, start=1)})
        text = checked.content.decode("utf-8-sig").replace("\r\n", "\n")
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            stored.add(session, checked.kind, checked.name, text, seen)
            return _card(checked.kind, in_force(session, checked.kind))

    @needs(Permission.MANAGE)
    def put_back(self, kind: str, seen: int) -> TemplateCard:
        """Word letters of a kind by the program's own template again; the clinic's versions are kept."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            newest = stored.newest(session, _known(kind))
            if newest is None or not newest.text:
                raise NotAllowedNow("The built-in template is in force already. Nothing was changed.")
            stored.add(session, kind, "", "", seen)
            return _card(kind, in_force(session, kind))

    @needs(Permission.MANAGE)
    def save_file(self, kind: str, path: Path, *, built_in: bool) -> None:
        """Write the template as a file, to begin from: the clinic's newest, or the program's own with its comments."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            newest = stored.newest(session, _known(kind))
            own = "" if built_in or newest is None else newest.text
            audit.record_event(session, "export", about=("letter_template", kind), file=path.name)
        content = (own or built_in_text(kind)).encode("utf-8")
        publish_one(Piece(path, lambda there: there.write_bytes(content)))

    @needs(Permission.MANAGE)
    def save_envelope_test(self, path: Path) -> None:
        """Write the page that tries a printer and a window envelope, in the form of letters; audited before it exists.

        NotSaved if the disk refuses: then no file has appeared or changed.
        """
        from poems_registry.pages.pdf import render

        with self.signed_in.store.writing(self.signed_in.actor) as session:
            clinic = registry.load(session).profile
            audit.record_event(session, "export", about=("letter_template", "envelope_test"), file=path.name)
        content = render(envelope_test(clinic, self.signed_in.clock.now()))
        publish_one(Piece(path, lambda there: there.write_bytes(content)))

    @needs(Permission.MANAGE)
    def preview(self, kind: str, checked: Checked | None = None) -> bytes:
        """The real PDF of a letter to a made-up patient, by the template in force or by one not yet in force."""
        from poems_registry.pages.pdf import render

        with self.signed_in.store.reading() as session:
            template = in_force(session, _known(kind)).template
        if checked is not None:
            found = read_bytes(checked.content, kind)
            if found.template is None:
                raise InvalidInput({f"problem {n}": each.told for n, each in enumerate(found.problems, start=1)})
            template = found.template
        return render(self._specimen(kind, template), archive=False)

    def _specimen(self, kind: str, template: Template) -> Document:
        letter_kind = LetterKind.CLINIC if kind == PLAIN_WORDS else LetterKind(kind)
        with self.signed_in.store.reading() as session:
            clinic = registry.load(session).profile
        facts = specimen(letter_kind, clinic, self.signed_in.today)
        told = (facts.file, facts.encounter, facts.clinic, facts.standing)
        now = self.signed_in.clock.now()
        if kind == PLAIN_WORDS:
            return plain_words(*told, letter=facts.letter, now=now, template=template)
        return compose(*told, letter=facts.letter, now=now, templates=Templates(template))


def _card(kind: str, in_use: TemplateInUse) -> TemplateCard:
    return TemplateCard(kind, FORMS[kind].words, in_use)


def _known(kind: str) -> str:
    if kind not in FORMS:
        raise NotFound("There is no such kind of letter.")
    return kind


def _content(path: Path) -> bytes:
    """At most what a template may have, and one byte that tells of more."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "the disk refused"
        raise InvalidInput({"file": f"the file could not be read: {reason}"}) from None
