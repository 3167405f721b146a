"""Letters from the command line: one visit's, or all that are due, with the sums that must agree."""

import argparse

from poems_registry.cli.signing_in import entered
from poems_registry.services.letter_batch import BatchService


def letter(options: argparse.Namespace) -> None:
    """Compose, and with --sign sign, letters into a folder."""
    with entered(options) as (me, password):
        service = BatchService(me)
        wanted = service.due() if options.due else (options.visit,)
        if not wanted:
            print("0 asked: no letter is due")
            return
        batch = service.write(wanted, options.out, password if options.sign else None)
    for made in batch.letters:
        if made.file:
            print(f"{options.out / made.file}: {made.pages} page{'s' if made.pages != 1 else ''}")
        if made.why_not:
            print(f"  visit {made.encounter_id}, not {'signed' if made.file else 'written'}: {made.why_not}")
    print(batch.manifest)
    print(batch.line)
