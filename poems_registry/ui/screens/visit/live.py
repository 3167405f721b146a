"""The live panel: verdict and response on everything signed together with this draft, and what is missing."""

from collections.abc import Iterator
from dataclasses import replace

from poems_registry.catalogue.evidence import evidence_of, evidence_of_encounter
from poems_registry.catalogue.item import lower_first
from poems_registry.catalogue.kinds import Number
from poems_registry.catalogue.treatment_facts import medicine_cautions
from poems_registry.domain.criteria import (
    CRITERION_WORDS,
    Criterion,
    Judgement,
    judge,
    suichi,
    unsettled_by,
    verdict_words,
)
from poems_registry.domain.dates import ago, show_date
from poems_registry.domain.findings import State
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import FrozenVerdict
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.blocking import blocks
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.live_response import LiveResponse
from poems_registry.ui.screens.visit.moving import otherwise_than
from poems_registry.ui.screens.visit.shown import ChangeShown, ChipShown, LinkShown, PanelShown
from poems_registry.ui.screens.visit.telling import moved

GROUPS = (
    ("Both of", (Criterion.P, Criterion.M)),
    ("1 of 3", (Criterion.C, Criterion.B, Criterion.V)),
    ("1 of 6", (Criterion.O, Criterion.X, Criterion.E, Criterion.S, Criterion.Pa, Criterion.T)),
)
DECIDED_AT = {
    "Serum immunofixation": "ife_serum",
    "Urine immunofixation": "ife_urine",
    "Marrow clonality by flow or IHC": "marrow_flow",
    "Biopsy typed for a clone": "lesion_biopsy",
    "Node biopsy": "castleman",
    "Fundi": "papilloedema_right",
    "Testosterone": "testosterone",
    "Oestradiol or FSH or LH": "oestradiol",
    "Prolactin": "prolactin",
    "9 am cortisol or short Synacthen test": "cortisol_9am",
    "Assessment for ascites": "ascites",
    "Assessment for pleural effusion": "pleural_effusion",
    "Full skin examination": "skin_examined",
}
"""The field where each hint of the criteria is answered; a hint not named here leads to its criterion's field."""

ASKED_AT = {
    Criterion.P: "p_status",
    Criterion.M: "ife_serum",
    Criterion.C: "castleman",
    Criterion.B: "bone_lesion_type",
    Criterion.V: "vegf_serum",
    Criterion.O: "organ_method",
    Criterion.X: "oedema",
    Criterion.E: "axis_gonadal",
    Criterion.S: "skin_examined",
    Criterion.Pa: "papilloedema_right",
    Criterion.T: "platelets",
}
WATCHED = ("vegf_serum", "vegf_plasma", "m_protein", "walk_10m")
"""Measures whose move since last time is told beside the diagnosis, the ONLS total first."""

MOST_MISSING = 6


class LiveVerdict:
    """Judges the draft against the record. The signed part's evidence is made once, since it does not change."""

    def __init__(self, form: VisitForm) -> None:
        self._form = form
        self._signed = evidence_of(form.file)
        self._before = judge(self._signed, form.thresholds)
        self._response = LiveResponse(form)

    def judged(self) -> Judgement:
        """The verdict with what is on the form now; of a visit that is read, today's verdict."""
        if self._form.read_only:
            return self._before
        evidence = self._signed.plus(evidence_of_encounter(self._form.as_encounter()))
        return judge(evidence, self._form.thresholds)

    def panel(self) -> PanelShown:
        """Everything the panel shows."""
        form, now = self._form, self.judged()
        if form.read_only:
            return self._read_panel(now)
        cautions = (*(c.words for c in unsettled_by(self._before, now)), *(flag.words for flag in now.flags))
        drugs = medicine_cautions(form.file, form.draft.medicines, form.today)
        cautions += tuple(f"{each.about}: {each.words} ({each.source})" for each in drugs)
        return PanelShown(
            verdict=now.rule_a.value,
            verdict_words=_capital(verdict_words(now)),
            dated=tr("with this draft"),
            groups=_groups({c: result.verdict.value for c, result in now.criteria.items()}),
            second_opinion=suichi(now),
            changes=tuple(_changes(form)),
            decide=tuple(link for link in _decide(now) if _asked_here(form, link.code)),
            missing=tuple(_missing(form)),
            cautions=cautions,
            blocks=blocks(form),
            response=self._response.lines(),
        )

    def _read_panel(self, now: Judgement) -> PanelShown:
        """A signed visit: the verdict as it was frozen, and today's where it differs, each with its date."""
        frozen, form = self._form.encounter.verdict, self._form
        today = {c: result.verdict.value for c, result in now.criteria.items()}
        if frozen is None:
            return PanelShown(
                now.rule_a.value,
                _capital(verdict_words(now)),
                tr("today, {day}", day=show_date(form.today)),
                _groups(today),
                response=self._response.lines(),
            )
        then = {Criterion(letter): verdict for letter, verdict in frozen.criteria}
        signed_on = show_date(form.encounter.signature.at.date()) if form.encounter.signature else show_date(form.on)
        return PanelShown(
            verdict=frozen.rule_a,
            verdict_words=_capital(_VERDICT_WORDS[Verdict(frozen.rule_a)]),
            dated=tr("signed {day}", day=signed_on),
            groups=_groups(then),
            differs=_differs(frozen, now, show_date(form.today)),
            changes=tuple(_changes(form)),
            cautions=frozen.flags,
            response=self._response.lines(),
        )


_VERDICT_WORDS = {
    Verdict.MET: "criteria met",
    Verdict.NOT_MET: "criteria not met on what has been assessed",
    Verdict.CANNOT_TELL: "cannot tell yet",
}


def _groups(verdicts: dict[Criterion, str]) -> tuple[tuple[str, tuple[ChipShown, ...]], ...]:
    made = []
    for words, members in GROUPS:
        met = sum(verdicts.get(c) == Verdict.MET.value for c in members)
        chips = tuple(
            ChipShown(c.value, CRITERION_WORDS[c], verdicts.get(c, Verdict.CANNOT_TELL.value)) for c in members
        )
        made.append((tr("{group}, {met} met", group=words, met=met), chips))
    return tuple(made)


def _differs(frozen: FrozenVerdict, now: Judgement, today: str) -> str:
    """Words when today's rules, settings or later findings say something else; nothing when they agree."""
    if frozen.rule_a != now.rule_a.value:
        return tr("Today, {day}: {verdict}.", day=today, verdict=verdict_words(now))
    then = dict(frozen.criteria)
    changed = [c.value for c, result in now.criteria.items() if then.get(c.value) != result.verdict.value]
    if not changed:
        return ""
    return tr("Today, {day}, the same verdict; {criteria} stand otherwise.", day=today, criteria=", ".join(changed))


def _changes(form: VisitForm) -> Iterator[ChangeShown]:
    value, last = form.derived("onls_total"), form.derived_last("onls_total")
    if value is not None and last is not None:
        total = form.catalogue.derived["onls_total"]
        words, tone = moved(total.kind, value, last[1])
        if otherwise_than(form, total, last[0]) is not None:
            words, tone = tr("not comparable"), "plain"
        yield ChangeShown("ONLS", f"{value:g}, {words.removesuffix(' than last').removesuffix(' as last')}", tone)
    for code in WATCHED:
        item, now, before = form.item(code), form.known().get(code), form.last.get(code)
        if now is None or before is None or not isinstance(now.value, float) or not isinstance(before[1].value, float):
            continue
        if not isinstance(item.kind, Number):
            continue
        if now.sign != "=" or before[1].sign != "=":
            continue  # a censored value has no difference
        words, tone = moved(item.kind, now.value, before[1].value)
        if before[1].value:
            share = abs(now.value - before[1].value) / before[1].value
            direction = tr("down") if now.value < before[1].value else tr("up")
            words = tr(
                "{direction} {share:.0%}".replace("{share:.0%}", "{share}"), direction=direction, share=f"{share:.0%}"
            )
            words = tr("same") if now.value == before[1].value else words
        if otherwise_than(form, item, before[0]) is not None:
            words, tone = tr("not comparable"), "plain"
        yield ChangeShown(item.label.removesuffix(", serum"), f"{item.kind.show(now.value)}, {words}", tone)


def _decide(now: Judgement) -> Iterator[LinkShown]:
    """For each criterion that would settle the verdict: what to do, as a link to where it is recorded."""
    if now.rule_a.settled:
        return
    for criterion in now.deciding:
        hints = now.criteria[criterion].decided_by or (CRITERION_WORDS[criterion],)
        for hint in hints:
            where = DECIDED_AT.get(hint, ASKED_AT[criterion])
            yield LinkShown(where, hint, tr("decides {criterion}", criterion=criterion.value))


def _asked_here(form: VisitForm, code: str) -> bool:
    """A visit asks everything; a contact's form leads only to what stands on it."""
    return not form.encounter.kind.is_contact or code in form.row_of


def _missing(form: VisitForm) -> Iterator[LinkShown]:
    """What was recorded at the last visit and not yet at this one; then open criteria that decide nothing alone."""
    if form.previous is None:
        return
    found = []
    for row in form.rows.values():
        for code in row.codes:
            item = form.item(code)
            before = form.previous.finding(code)
            if before is None or before.state is not State.RECORDED or not form.field(code).is_blank:
                continue
            if not isinstance(item.kind, Number) or not form.visible(code):
                continue
            found.append(LinkShown(code, item.label, ago(form.previous.on, form.today)))
    yield from found[:MOST_MISSING]
    if len(found) > MOST_MISSING:
        rest = len(found) - MOST_MISSING
        following = found[MOST_MISSING]
        yield replace(
            following, label=tr("{count} more", count=rest), words=tr("from {item}", item=lower_first(following.label))
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
