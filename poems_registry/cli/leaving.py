"""What leaves the registry as files: exports, the transfer, the cohort summary, the data dictionary."""

import argparse

from poems_registry.cli.signing_in import signed_in
from poems_registry.services.cohort import CohortService
from poems_registry.services.exports import ExportService
from poems_registry.services.exports import write_dictionary as dictionary_to


def export(options: argparse.Namespace) -> None:
    """Pseudonymised tables, or the identifiable transfer."""
    with signed_in(options) as me:
        service = ExportService(me)
        if options.form == "transfer":
            manifest = service.transfer(options.out, options.purpose)
        else:
            manifest = service.pseudonymised(
                options.form, options.out, purpose=options.purpose, basis=options.basis, project=options.project
            )
    folder = options.out if options.out.is_dir() else options.out.parent
    for made in manifest.files:
        print(f"{folder / made.name}: {made.rows:,} rows, sha256 {made.sha256}")
    print(f"patients: {manifest.patients:,}")
    for why, count in manifest.left_out.items():
        print(f"left out: {count:,} {why}")
    for notice in manifest.notices:
        print(f"note: {notice}")


def cohort(options: argparse.Namespace) -> None:
    """The cohort summary, by the ending of the file; true counts unless made for release."""
    with signed_in(options) as me:
        written = CohortService(me).write(options.out, release=options.release)
    for path in written.paths:
        print(path)
    size, everyone = written.summary.size, written.summary.everyone
    print(f"patients: {size if size is not None else 'withheld'} of {everyone if everyone is not None else 'withheld'}")
    print(written.manifest.suppression)


def write_dictionary(options: argparse.Namespace) -> None:
    """The data dictionary; it needs no registry."""
    rows = dictionary_to(options.out)
    print(f"{options.out}: {rows:,} items")
