"""Keep the registry safe: a verified copy, a check of everything, an upgrade."""

import argparse
import json
import sys
from dataclasses import asdict

from poems_registry.cli.signing_in import signed_in
from poems_registry.domain.errors import CannotOpen
from poems_registry.services.safekeeping import SafekeepingService


class NotSound(CannotOpen):
    """The check found something."""


def backup(options: argparse.Namespace) -> None:
    """A verified copy and its keys."""
    with signed_in(options) as me:
        made = SafekeepingService(me).back_up(options.out)
    print(f"copy: {made.path}")
    print(f"keys: {made.keys}")
    rows = f"{sum(made.rows.values()):,} rows in {len(made.rows)} tables"
    print(f"verified: opened, every page and reference checked, {rows}")


def verify(options: argparse.Namespace) -> None:
    """Check everything; exit 3 with each problem if something does not hold."""
    with signed_in(options) as me:
        checked = SafekeepingService(me).check()
    if options.json:
        print(json.dumps(asdict(checked), ensure_ascii=False, indent=2))
    else:
        print(f"layout: {checked.revision}")
        print(f"rows: {sum(checked.rows.values()):,} in {len(checked.rows)} tables")
        print(f"audit chain: {checked.audit_entries:,} entries")
        print(f"findings read again: {checked.findings:,}")
        print(f"signed letters: {checked.letters:,}")
    if checked.good:
        print("all is well", file=sys.stderr if options.json else sys.stdout)
        return
    for problem in checked.problems:
        print(problem, file=sys.stderr)
    count = len(checked.problems)
    raise NotSound(
        f"{count} thing{'s do' if count > 1 else ' does'} not hold (above). Nothing was changed. Keep this file as it"
        " is, do not work in it, and restore the last verified copy."
    )


def migrate(options: argparse.Namespace) -> None:
    """Opening brings an older file up to date, all or nothing and after a copy; this says where it stands.

    A registry on a server is brought up to date only here, with `--backed-up`.
    """
    with signed_in(options) as me:
        revision = SafekeepingService(me).layout()
    print(f"layout: {revision} (the newest this program knows)")
