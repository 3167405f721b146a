"""The clinic's thresholds and its people: list, change."""

import argparse
import json
from dataclasses import replace

from poems_registry.cli.making import person_from
from poems_registry.cli.signing_in import entered, new_password, signed_in
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, NotFound
from poems_registry.domain.records import Person
from poems_registry.services.settings import SettingInForce, SettingsService
from poems_registry.services.staff import StaffService


def settings(options: argparse.Namespace) -> None:
    """All thresholds, one, or a new value for one."""
    with signed_in(options) as me:
        service = SettingsService(me)
        if options.value is not None:
            before = _named(service.everything(), options.name)
            service.change(options.name, options.value, before.version, confirmed=options.confirmed)
        rows = service.everything()
    if options.name is not None:
        rows = (_named(rows, options.name),)
    if options.json:
        print(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        unit = f" {row.threshold.unit}" if row.threshold.unit else ""
        default = "" if row.value == row.default else f" (default {row.default or 'none'})"
        print(f"{row.threshold.name} = {row.value or 'none'}{unit}{default}  {row.threshold.label}; {_confirmed(row)}")


def person(options: argparse.Namespace) -> None:
    """Who may sign in; add somebody, let somebody go or back, give a password anew; grant or revoke a permission."""
    with entered(options) as (me, own_password):
        service = StaffService(me)
        if options.add:
            wanted = person_from(options.add)
            service.add(replace(wanted, password=new_password(wanted.user)))
        for user, active in ((options.leaves, False), (options.returns, True)):
            if user:
                seen = _somebody(service, user)
                service.change(seen, replace(seen, active=active))
        if options.forgot:
            user = _somebody(service, options.forgot).user
            service.give_password(user, new_password(user), own_password)
        if options.grant:
            service.allow(*options.grant, granted=True)
        if options.revoke:
            service.allow(*options.revoke, granted=False)
        everyone = service.everyone()
    for each in everyone:
        state = "" if each.active else ", may not sign in"
        print(f"{each.user}: {each.name}, {each.role.value}{state}")
        print(f"    {', '.join(sorted(each.permissions))}")


def _somebody(service: StaffService, user: str) -> Person:
    found = next((each for each in service.everyone() if each.user == user.strip().casefold()), None)
    if found is None:
        raise NotFound("Nobody of this user name is in the registry. Nothing was changed.")
    return found


def _named(rows: tuple[SettingInForce, ...], name: str) -> SettingInForce:
    found = next((row for row in rows if row.threshold.name == name), None)
    if found is None:
        raise InvalidInput({"name": "no setting is called so; `poems-registry settings` lists them"})
    return found


def _confirmed(row: SettingInForce) -> str:
    if row.confirmed_by and row.confirmed_on:
        return f"{row.threshold.source}, confirmed by {row.confirmed_by} on {show_date(row.confirmed_on)}"
    return f"{row.threshold.source}, not confirmed against the paper"


def _plain(row: SettingInForce) -> dict[str, object]:
    return {
        "name": row.threshold.name,
        "label": row.threshold.label,
        "value": row.value,
        "default": row.default,
        "unit": row.threshold.unit,
        "source": row.threshold.source,
        "confirmed_by": row.confirmed_by,
        "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else None,
        "version": row.version,
    }
