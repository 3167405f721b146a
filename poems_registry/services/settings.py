"""See and change the clinic's thresholds; every change is audited and renews the patients list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput
from poems_registry.services.access import Service, needs
from poems_registry.services.clinic_settings import THRESHOLDS, Threshold, text_of, thresholds_of
from poems_registry.services.follow_up import FOLLOW_UP_SETTINGS, schedule_of, setting_of
from poems_registry.services.leaflets import LEAFLETS, leaflets_of, leaflets_text
from poems_registry.services.standings import refresh
from poems_registry.storage import patients
from poems_registry.storage import settings as stored
from poems_registry.storage.settings import Setting

EVERY_SETTING = (*THRESHOLDS, *FOLLOW_UP_SETTINGS, LEAFLETS)
BY_NAME = {each.name: each for each in EVERY_SETTING}


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """One row of the settings screen; `confirmed_by` empty means: check against the paper."""

    threshold: Threshold
    value: str
    default: str
    confirmed_by: str
    confirmed_on: date | None
    version: int


class SettingsService(Service):
    """See and change the clinic's thresholds."""

    @needs(Permission.FIND_PATIENTS)
    def everything(self) -> tuple[SettingInForce, ...]:
        """All thresholds with the value in force and its default."""
        with self.signed_in.store.reading() as session:
            rows = stored.load_all(session)
        now, default = values_of(rows), values_of({})
        return tuple(
            SettingInForce(
                t,
                now[t.name],
                default[t.name],
                rows[t.name].confirmed_by if t.name in rows else "",
                rows[t.name].confirmed_on if t.name in rows else None,
                rows[t.name].version if t.name in rows else 0,
            )
            for t in EVERY_SETTING
        )

    @needs(Permission.MANAGE)
    def change(self, name: str, text: str, version: int, *, confirmed: bool) -> None:
        """Put a value in force; InvalidInput in words if it cannot be; `confirmed` says it was read in the paper."""
        if name not in BY_NAME:
            raise InvalidInput({name: "is not a setting of this clinic"})
        threshold = BY_NAME[name]
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            rows = stored.load_all(session)
            by = self.signed_in.person.name if confirmed else ""
            on = self.signed_in.today if confirmed else None
            rows[name] = Setting(name, text.strip(), threshold.source, by, on, version)
            try:
                values_of(rows)
            except ValueError as error:
                raise InvalidInput({name: "cannot be read: see its default for the form"}) from error
            stored.save(session, rows[name])
            if threshold is not LEAFLETS:  # which nobody is judged by
                refresh(session, patients.all_ids(session), self.signed_in.today)


def values_of(rows: Mapping[str, Setting]) -> dict[str, str]:
    """Every setting in force as text, by name. ValueError or InvalidInput if the stored ones cannot stand together."""
    thresholds, schedule = thresholds_of(rows), schedule_of(rows)
    own = {each.name: text_of(getattr(thresholds, each.name)) for each in THRESHOLDS}
    due = {each.name: setting_of(schedule, each.name) for each in FOLLOW_UP_SETTINGS}
    return own | due | {LEAFLETS.name: leaflets_text(leaflets_of(rows))}
