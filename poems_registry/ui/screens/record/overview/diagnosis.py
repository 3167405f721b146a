"""The diagnosis in words: each criterion with the finding behind it, the frozen verdict where today's differs."""

from collections.abc import Iterator
from datetime import date

from poems_registry.catalogue.item import lower_first
from poems_registry.domain.criteria import (
    CRITERION_WORDS,
    Criterion,
    CriterionResult,
    Judgement,
    Verdict,
    suichi,
)
from poems_registry.domain.dates import show_date
from poems_registry.domain.records import CLINICIAN_DIAGNOSES, Encounter, Patient, PatientFile
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import CriterionShown, DiagnosisShown, GroupShown

NAMES = {
    Criterion.P: "Polyneuropathy",
    Criterion.M: "Clone",
    Criterion.C: "Castleman",
    Criterion.B: "Bone lesion",
    Criterion.V: "VEGF",
    Criterion.O: "Organs",
    Criterion.X: "Fluid",
    Criterion.E: "Endocrine",
    Criterion.S: "Skin",
    Criterion.Pa: "Papilloedema",
    Criterion.T: "Blood counts",
}
GROUPS = (
    ("Both needed", 2, (Criterion.P, Criterion.M)),
    ("At least 1 of 3", 1, (Criterion.C, Criterion.B, Criterion.V)),
    ("At least 1 of 6", 1, (Criterion.O, Criterion.X, Criterion.E, Criterion.S, Criterion.Pa, Criterion.T)),
)
ANSWERS = {Verdict.MET: "Met", Verdict.NOT_MET: "Not met", Verdict.CANNOT_TELL: "Cannot tell"}
VERDICTS = {
    Verdict.MET: "criteria met",
    Verdict.NOT_MET: "criteria not met on what has been assessed",
    Verdict.CANNOT_TELL: "cannot tell yet",
}


def diagnosis(file: PatientFile, now: Judgement, today: date) -> DiagnosisShown:
    """Everything the diagnosis panel says."""
    return DiagnosisShown(
        verdict=now.rule_a.value,
        rule_set=tr("Rule set {name}", name=now.rule_set),
        dated=tr("Computed {day} from everything signed or recorded", day=show_date(today)),
        groups=tuple(_groups(now)),
        differs=_differs(file, now, today),
        clinician=clinician(file.patient),
        second=suichi(now),
        cautions=tuple(flag.words + (f", {show_date(flag.on)}" if flag.on else "") for flag in now.flags),
    )


def clinician(patient: Patient) -> str:
    """The clinician's own diagnosis, which stands beside the computed verdict and never replaces it."""
    if not patient.clinician_diagnosis:
        said = tr("Clinician's diagnosis: not recorded")
    else:
        reason = f" ({patient.clinician_diagnosis_reason})" if patient.clinician_diagnosis_reason else ""
        since = tr(", since {day}", day=show_date(patient.diagnosed)) if patient.diagnosed else ""
        words = CLINICIAN_DIAGNOSES.get(patient.clinician_diagnosis, patient.clinician_diagnosis)
        said = tr("Clinician's diagnosis: {words}", words=tr(words)) + reason + since
    return said + (tr(". First label: {words}", words=patient.first_label) if patient.first_label else "")


def _groups(now: Judgement) -> Iterator[GroupShown]:
    for title, needed, criteria in GROUPS:
        met = sum(now.criteria[each].verdict is Verdict.MET for each in criteria)
        count = tr("{met} of {needed} met", met=met, needed=needed) if needed > 1 else tr("{met} met", met=met)
        yield GroupShown(tr(title), count, tuple(_row(now.criteria[each]) for each in criteria))


def _row(result: CriterionResult) -> CriterionShown:
    behind = result.deciding_reasons
    finding, on = "", ""
    if behind:
        finding, on = behind[0].words, show_date(behind[0].on)
        others = len(behind) - 1 if result.verdict is Verdict.NOT_MET else 0
        finding += tr(" and {count} more", count=others) if others else ""
    elif result.verdict is Verdict.CANNOT_TELL:
        finding = _would_decide(result)
    else:
        finding = tr("Nothing found that was looked for")
    listed = [f"{each.words}, {show_date(each.on)}" for each in result.reasons]
    if result.decided_by:
        listed.append(tr("Would decide: {what}", what=", ".join(result.decided_by)))
    return CriterionShown(
        sign=result.criterion.value,
        name=tr(NAMES[result.criterion]),
        verdict=result.verdict.value,
        verdict_words=tr(ANSWERS[result.verdict]),
        finding=finding,
        on=on,
        everything="\n".join([tr(CRITERION_WORDS[result.criterion]), *(listed or [tr("Nothing recorded yet")])]),
    )


def _would_decide(result: CriterionResult) -> str:
    if not result.decided_by:
        return tr("Nothing recorded yet")
    first, others = result.decided_by[0], len(result.decided_by) - 1
    said = tr("Decided by: {what}", what=lower_first(first))
    return said + (tr(" and {count} more", count=others) if others else "")


def last_signed(file: PatientFile) -> Encounter | None:
    """The newest visit whose verdict signing froze."""
    return next((e for e in reversed(file.counted) if e.verdict is not None), None)


def _differs(file: PatientFile, now: Judgement, today: date) -> str:
    """The frozen verdict beside today's, each with its date, when they are not the same (decision 3)."""
    visit = last_signed(file)
    if visit is None or visit.verdict is None:
        return ""
    then = dict(visit.verdict.criteria)
    changed = [
        f"{criterion.value} {_said(then.get(criterion.value, ''))}, {tr('today')} {_said(result.verdict)}"
        for criterion, result in now.criteria.items()
        if then.get(criterion.value, "") != result.verdict.value
    ]
    if visit.verdict.rule_a == now.rule_a.value and not changed:
        return ""
    signed = tr(
        "Signed {day}: {verdict} (rule set {rules}). Today, {today}: {now}.",
        day=show_date(visit.on),
        verdict=tr(VERDICTS[Verdict(visit.verdict.rule_a)]),
        rules=visit.verdict.rule_set,
        today=show_date(today),
        now=tr(VERDICTS[now.rule_a]),
    )
    return signed + (tr(" Changed: {list}.", list="; ".join(changed)) if changed else "")


def _said(verdict: str) -> str:
    return tr(ANSWERS[Verdict(verdict)]).lower() if verdict else tr("not judged")
