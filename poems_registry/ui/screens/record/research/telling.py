"""What a person's research record says in the rows of its tab: newest first, consent in words beside every sample."""

from collections.abc import Iterable

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.consents import ANSWER_WORDS, SCOPE_WORDS, Answer, Consent, Scope, in_force
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.findings import STATE_WORDS, Finding, State
from poems_registry.domain.records import Encounter
from poems_registry.domain.sample_consent import Standing
from poems_registry.domain.samples import (
    AFTER_WORDS,
    PURPOSE_WORDS,
    QUALITY_WORDS,
    RESULT_WORDS,
    AfterWithdrawal,
    Aliquot,
    Quality,
    ResultState,
    Sample,
)
from poems_registry.domain.samples import STATE_WORDS as ALIQUOT_WORDS
from poems_registry.domain.studies import TAKING_PART_WORDS, Enrolment, consent_for
from poems_registry.services.research import PANEL, ResearchFile
from poems_registry.services.sample_results import result_of
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.record.research.shown import (
    ConsentLine,
    PartRow,
    ResearchShown,
    SampleRow,
    ValueRow,
    What,
)

ASKED = (Scope.SAMPLE, Scope.REUSE, Scope.BIOBANK, Scope.CONTACT, Scope.COMMERCIAL, Scope.ABROAD)
"""Questions of research that are told even where nothing was answered: the first, and those with an answer."""


def research(file: ResearchFile) -> ResearchShown:
    """The tab in words."""
    items = [CATALOGUE.item(code) for code in PANEL]
    return ResearchShown(
        notices=tuple(_notices(file)),
        consents=tuple(_consents(file)),
        parts=tuple(_part(each, file) for each in reversed(file.enrolments)),
        samples=tuple(_samples(file)),
        values=tuple(_values(file)),
        unit=", ".join(dict.fromkeys(item.unit for item in items)),
        tests=tuple(item.label.removesuffix(", research assay") for item in items),
    )


def _notices(file: ResearchFile) -> Iterable[str]:
    held = {standing: [s for s in file.samples if file.behind(s).standing is standing] for standing in Standing}
    undecided = [s for s in held[Standing.WITHDRAWN] if s.after_withdrawal is AfterWithdrawal.UNDECIDED]
    if undecided:
        said = tr_count("{count} sample", "{count} samples", len(undecided))
        numbers = ", ".join(each.number for each in undecided)
        yield tr(
            "Consent was taken back, and nobody has decided yet what is to become of {said}: {numbers}. They are kept"
            " and held back from use; open each and decide.",
            said=said,
            numbers=numbers,
        )
    if held[Standing.NOT_SHOWN]:
        numbers = ", ".join(each.number for each in held[Standing.NOT_SHOWN])
        yield tr("Held back from use, since consent is not shown: {numbers}.", numbers=numbers)
    without = [part for part in file.enrolments if part.goes_on and _doubt(part, file)]
    if without:
        yield tr("Somebody takes part in a study without a consent in force: look below.")


def _consents(file: ResearchFile) -> Iterable[ConsentLine]:
    current = in_force(file.consents)
    for scope in ASKED:
        answer = current.get((scope, ""))
        if answer is not None or scope is Scope.SAMPLE:
            yield _line(tr(SCOPE_WORDS[scope]), answer)
    for (scope, _), answer in current.items():
        if scope is Scope.STUDY:
            yield _line(answer.words, answer)


def _line(about: str, answer: Consent | None) -> ConsentLine:
    if answer is None:
        return ConsentLine(about, tr("Not recorded"), given=False)
    words = tr("{answer} {day}", answer=tr(ANSWER_WORDS[answer.answer]), day=show_date(answer.on))
    return ConsentLine(about, words, given=answer.answer is Answer.GIVEN)


def _part(part: Enrolment, file: ResearchFile) -> PartRow:
    study = file.study(part.study_id)
    ended = show_date(part.ended) if part.ended is not None else ""
    return PartRow(
        id=part.id,
        study=study.short_name if study is not None else tr("A study no longer on the list"),
        full_name=study.full_name if study is not None else "",
        number=part.number,
        joined=_by(part.joined, part.joined_by),
        state=tr(TAKING_PART_WORDS[part.state]),
        ended=". ".join(words for words in (_join(ended, part.ended_by if ended else ""), part.reason) if words),
        now=part.goes_on,
        doubt=_doubt(part, file),
    )


def _by(day: PartialDate | None, by: str) -> str:
    return _join(show_date(day) if day is not None else tr("Day not recorded"), by)


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _doubt(part: Enrolment, file: ResearchFile) -> str:
    study = file.study(part.study_id)
    if not part.goes_on or study is None:
        return ""
    stands = consent_for(file.consents, study)
    return "" if stands is not None and stands.answer is Answer.GIVEN else tr("No consent in force")


def _samples(file: ResearchFile) -> Iterable[SampleRow]:
    newest = sorted(file.samples, key=_last_day, reverse=True)
    for sample in newest:
        yield _sample(sample, file)
        for aliquot in file.aliquots:
            if aliquot.sample_id == sample.id:
                yield _aliquot(aliquot, sample)


def _last_day(sample: Sample) -> tuple[str, int]:
    day = sample.taken or sample.sent or sample.received
    return (day.iso() if day is not None else "", sample.id)


def _sample(sample: Sample, file: ResearchFile) -> SampleRow:
    behind = file.behind(sample)
    study = file.study(sample.study_id)
    decided = sample.after_withdrawal is not AfterWithdrawal.UNDECIDED and behind.standing is Standing.WITHDRAWN
    consent = _join(tr(behind.words), tr(AFTER_WORDS[sample.after_withdrawal]) if decided else "")
    purpose = tr(PURPOSE_WORDS[sample.purpose])
    return SampleRow(
        what=What.SAMPLE,
        id=sample.id,
        sample_id=sample.id,
        number=sample.number,
        of=_join(tr(sample.words), purpose, study.short_name if study is not None else "", sample.assay),
        when=steps_in_words(sample),
        consent=consent,
        consent_bad=not behind.usable,
        state=_result(sample, file),
        more=_join(sample.laboratory, quality_in_words(sample), sample.note),
    )


def steps_in_words(sample: Sample) -> str:
    """`Taken 12-Aug-2026 09:05, sent 12-Aug-2026`; what is not known is left out, but the taking."""
    steps = []
    for name, words in (
        ("taken", tr("Taken {when}")),
        ("sent", tr("sent {when}")),
        ("received", tr("received {when}")),
    ):
        day, at = getattr(sample, name), getattr(sample, f"{name}_at")
        if day is not None:
            steps.append(words.format(when=f"{show_date(day)} {at}".strip()))
        elif name == "taken":
            steps.append(tr("Taking not recorded"))
    return ", ".join(steps)


def quality_in_words(sample: Sample) -> str:
    """`Haemolysed, delayed; left at room temperature`."""
    marked = ", ".join(tr(QUALITY_WORDS[Quality(each)]) for each in sample.quality)
    return "; ".join(part for part in (marked, sample.quality_note) if part)


def _result(sample: Sample, file: ResearchFile) -> str:
    if sample.result is ResultState.NONE:
        return ""
    if sample.id in file.panels:
        return tr_count("{count} value", "{count} values", len(file.panels[sample.id].findings))
    if sample.result_encounter_id:
        linked = result_of(sample, file.results)
        return linked.words if linked is not None else tr("The linked result is not in this record any more")
    return tr("Result: {state}", state=tr(RESULT_WORDS[sample.result]).lower())


def _aliquot(aliquot: Aliquot, sample: Sample) -> SampleRow:
    volume = tr("{volume} mL", volume=f"{aliquot.volume:g}") if aliquot.volume is not None else ""
    thaws = tr_count("thawed {count} time", "thawed {count} times", aliquot.thaws) if aliquot.thaws else ""
    day = show_date(aliquot.on) if aliquot.on is not None else ""
    return SampleRow(
        what=What.ALIQUOT,
        id=aliquot.id,
        sample_id=sample.id,
        number=f"{sample.number}/{aliquot.number}",
        of=_join(tr("Aliquot"), volume, thaws),
        when=aliquot.place or tr("Freezer place not recorded"),
        consent="",
        consent_bad=False,
        state=_join(f"{tr(ALIQUOT_WORDS[aliquot.state])} {day}".strip(), aliquot.why),
        more=aliquot.note,
    )


def _values(file: ResearchFile) -> Iterable[ValueRow]:
    by_id = {each.id: each for each in file.samples}
    told = [(by_id[sample_id], panel) for sample_id, panel in file.panels.items()]
    for sample, panel in sorted(told, key=lambda each: (each[1].on, each[1].id), reverse=True):
        yield _row(panel, sample.id, sample.number, consent_bad=not file.behind(sample).usable)
    for panel in reversed(file.loose):
        yield _row(panel, 0, tr("No sample"), consent_bad=True)


def _row(panel: Encounter, sample_id: int, name: str, *, consent_bad: bool) -> ValueRow:
    found = [panel.finding(code) for code in PANEL]
    assays = tuple(dict.fromkeys(each.assay for each in found if each is not None and each.assay))
    alike = len(assays) <= 1
    cells = tuple(_value(each, "" if alike else (each.assay if each is not None else "")) for each in found)
    labels = [CATALOGUE.item(code).label for code in PANEL]
    said = "; ".join(
        _join(f"{label} {on_screen(CATALOGUE.item(each.item), each)}", each.assay)
        for label, each in zip(labels, found, strict=True)
        if each is not None and each.state is State.RECORDED
    )
    return ValueRow(
        sample_id, name, show_date(panel.on), cells, assays[0] if assays and alike else "", consent_bad, said
    )


def _value(finding: Finding | None, assay: str) -> tuple[str, str]:
    if finding is None:
        return "", ""
    if finding.state is not State.RECORDED:
        return tr(STATE_WORDS[finding.state]), ""
    item = CATALOGUE.item(finding.item)
    return on_screen(item, finding).removesuffix(f"\u00a0{item.unit}"), assay
