"""Read files in: every row dealt with, and the sum that must come out even printed (decision 21)."""

import argparse
import json
import sys
from typing import Any

from poems_registry.cli.signing_in import signed_in
from poems_registry.domain.errors import InvalidInput
from poems_registry.services.imports import ImportKind, ImportRefused, ImportReport, ImportService
from poems_registry.services.practices import ListPlan, ListRefused, PracticeService

MOST_SHOWN = 20
PRACTICES = "practices"


def bring_in(options: argparse.Namespace) -> None:
    """Import, or say what an import would do."""
    if options.kind == PRACTICES:
        load_practices(options)
        return
    kind = ImportKind(options.kind)
    with signed_in(options) as me:
        service = ImportService(me)
        try:
            if options.dry_run:
                report = service.plan(kind, options.files, options.map)
            else:
                report, _ = service.carry_out(kind, options.files, options.map, options.set_aside)
        except ImportRefused as refusal:
            _tell(refusal.report, as_json=options.json)
            raise
    _tell(report, as_json=options.json)


def load_practices(options: argparse.Namespace) -> None:
    """Take each list of GP practices for the one in force, or say what that would do; one transaction a file."""
    if options.map:
        raise InvalidInput({"import practices": "takes the public list as it is: no --map"})
    if options.set_aside and len(options.files) > 1:
        raise InvalidInput({"import practices": "sets aside the rows of one file at a time"})
    with signed_in(options) as me:
        service = PracticeService(me)
        for path in options.files:
            try:
                plan = service.plan(path) if options.dry_run else service.load(path, set_aside=options.set_aside)
            except ListRefused as refusal:
                _tell_list(refusal.plan, dry_run=options.dry_run, as_json=options.json)
                raise
            _tell_list(plan, dry_run=options.dry_run, as_json=options.json)


def _tell_list(plan: ListPlan, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        refused = [{"row": each.row, "reason": each.reason} for each in plan.refused]
        told = {"kind": PRACTICES, "dry_run": dry_run, "name": plan.name, "sha256": plan.sha256,
                "counts": plan.counts.as_numbers(), "line": plan.counts.line, "gone": plan.gone,
                "seen_before": plan.same_file, "refused": refused}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    seen = " (this content is the list in force)" if plan.same_file else ""
    print(f"{plan.name}: {plan.counts.line}{seen}")
    if plan.gone:
        print(f"  {plan.gone:,} practices are not named any more: they are kept and marked as gone")
    for each in plan.refused[:MOST_SHOWN]:
        print(f"{plan.name}, row {each.row}: {each.reason}", file=sys.stderr)
    if len(plan.refused) > MOST_SHOWN:
        print(f"... and {len(plan.refused) - MOST_SHOWN:,} more (--json lists them all)", file=sys.stderr)
    if dry_run:
        print("dry run: nothing was changed")


def _tell(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_plain(report), ensure_ascii=False, indent=2))
        return
    for file in report.files:
        seen = " (this content was imported before)" if file.seen_before else ""
        print(f"{file.name}: {file.counts.line}{seen}")
        for notice in file.notices:
            print(f"  {notice}")
    if len(report.files) > 1:
        print(f"together: {report.line}")
    for refusal in report.refused[:MOST_SHOWN]:
        print(f"{refusal.file}, row {refusal.row}: {refusal.reason}", file=sys.stderr)
    if len(report.refused) > MOST_SHOWN:
        print(f"... and {len(report.refused) - MOST_SHOWN:,} more (--json lists them all)", file=sys.stderr)
    if report.dry_run:
        print("dry run: nothing was changed")


def _plain(report: ImportReport) -> dict[str, Any]:
    return {
        "kind": report.kind.value,
        "dry_run": report.dry_run,
        "counts": report.counts.as_numbers(),
        "line": report.line,
        "files": [
            {
                "name": file.name,
                "sha256": file.sha256,
                "encoding": file.encoding,
                "seen_before": file.seen_before,
                "counts": file.counts.as_numbers(),
                "notices": list(file.notices),
            }
            for file in report.files
        ],
        "refused": [{"file": each.file, "row": each.row, "reason": each.reason} for each in report.refused],
    }
