"""Letters from the command line: one visit's, or all that are due, with the sums that must agree."""

import argparse
from pathlib import Path

from poems_registry.cli.signing_in import entered
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.errors import NotFound, NotSaved
from poems_registry.services.letter_batch import BatchService
from poems_registry.services.letters import LetterService


def letter(options: argparse.Namespace) -> None:
    """Compose, and with --sign sign, letters into a folder."""
    with entered(options) as (me, password):
        if options.plain_words:
            print(_plain_words(LetterService(me), options))
            return
        service = BatchService(me)
        wanted = service.due() if options.due else (options.visit,)
        if not wanted:
            print("0 asked: no letter is due")
            return
        kind = LetterKind(options.kind.replace("-", "_"))
        batch = service.write(wanted, options.out, password if options.sign else None, kind=kind, about_on=options.on)
    for made in batch.letters:
        if made.file:
            print(f"{options.out / made.file}: {made.pages} page{'s' if made.pages != 1 else ''}")
        if made.why_not:
            print(f"  visit {made.encounter_id}, not {'signed' if made.file else 'written'}: {made.why_not}")
    if batch.note:
        print(batch.note)
    print(batch.manifest)
    print(batch.line)


def _plain_words(letters: LetterService, options: argparse.Namespace) -> Path:
    """The signed letter of a visit in plain words, under a name that tells nobody's."""
    cards = [card.letter for card in letters.board() if card.encounter_id == options.visit]
    signed = [each for each in cards if each is not None and each.kind is LetterKind.CLINIC and each.signature]
    if not signed:
        raise NotFound("This visit has no signed letter that could be told in plain words. Nothing was written.")
    path: Path = options.out / f"letter-{signed[-1].number.removeprefix('L-')}-plain.pdf"
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "the disk refused"
        raise NotSaved(f"The folder cannot be made: {why}. Nothing was written.") from None
    letters.save_plain_words(signed[-1].id, path)
    return path
