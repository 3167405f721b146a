"""The sheets of research: which fields a part in a study, a sample, an aliquot and a panel of values have."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import field_of
from poems_registry.domain.consents import Answer
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.records import Encounter
from poems_registry.domain.sample_consent import Standing
from poems_registry.domain.samples import (
    AFTER_WORDS,
    KIND_WORDS,
    PURPOSE_WORDS,
    QUALITY_WORDS,
    RESULT_WORDS,
    STATE_WORDS,
    AfterWithdrawal,
    Aliquot,
    AliquotState,
    Purpose,
    ResultState,
    Sample,
    SampleKind,
)
from poems_registry.domain.studies import TAKING_PART_WORDS, Enrolment, Study, TakingPart, consent_for
from poems_registry.services.research import PANEL, ResearchFile
from poems_registry.ui.i18n import tr
from poems_registry.ui.sheets.reading import Field, Kind, fields_shown, read_record
from poems_registry.ui.sheets.shown import Options, SheetField

Texts = Mapping[str, str]
LINK = "result_link"
ENDED = (TakingPart.WITHDRAWN.value, TakingPart.COMPLETED.value)
RESEARCH = ("purpose", (Purpose.RESEARCH.value,))


def _options(words: Mapping[Any, str]) -> Options:
    return tuple((str(code), tr(said)) for code, said in words.items())


def _number(text: str) -> int:
    return int(text or 0)


def _kind(text: str) -> SampleKind:
    if not text:
        raise ValueError(tr("choose what the sample is of: serum and plasma are never one series"))
    return SampleKind(text)


def _purpose(text: str) -> Purpose:
    if not text:
        raise ValueError(tr("choose what it was taken for"))
    return Purpose(text)


# -- a part in a study


def enrolment_fields(file: ResearchFile, own: Enrolment, today: date) -> tuple[Field, ...]:
    """The studies that are open, and the part's own; each says whether a consent for it is in force."""
    offered = [each for each in file.studies if each.is_open(today) or each.id == own.study_id]
    studies = (("0", tr("Choose")), *((str(each.id), _study_words(each, file)) for each in offered))
    over = ("state", ENDED)
    return (
        Field("study_id", tr("Study"), Kind.CHOICE, options=studies, means=_number),
        Field("number", tr("Number in the study"), hint=tr("Never a name or an NHS number."), beside=True),
        Field("joined", tr("Joined"), Kind.DAY, hint=tr("Day, month or year.")),
        Field("joined_by", tr("Noted by"), hint=tr("Left empty: you."), beside=True),
        Field("state", tr("State"), Kind.CHOICE, options=_options(TAKING_PART_WORDS), means=TakingPart),
        Field("ended", tr("Ended"), Kind.DAY, when=over),
        Field("ended_by", tr("End noted by"), hint=tr("Left empty: you."), beside=True, when=over),
        Field("reason", tr("Why it ended"), wide=True, when=over),
        Field("note", tr("Note"), wide=True),
    )


def _study_words(study: Study, file: ResearchFile) -> str:
    answer = consent_for(file.consents, study)
    if answer is None:
        return tr("{study} (no consent recorded)", study=study.short_name)
    given = answer.answer is Answer.GIVEN
    words = tr("{study} (consent given {day})") if given else tr("{study} (consent not in force)")
    return words.format(study=study.short_name, day=show_date(answer.on))


# -- a sample


def _sample_fields(file: ResearchFile, own: Sample) -> tuple[Field, ...]:
    studies = (("0", tr("No study")), *((str(each.id), each.short_name) for each in file.studies))
    laboratories = tuple(dict.fromkeys(each.laboratory for each in file.samples if each.laboratory))
    withdrawn = bool(own.id) and file.behind(own).standing is Standing.WITHDRAWN
    decision = (
        Field(
            "after_withdrawal",
            tr("Consent was taken back: what is to become of it"),
            Kind.CHOICE,
            options=_options(AFTER_WORDS),
            means=AfterWithdrawal,
            hint=tr("Nothing is destroyed by itself."),
        ),
        Field("decision_note", tr("Decided by whom, and why"), beside=True),
    )
    return (
        *(decision if withdrawn else ()),
        Field("number", tr("Sample number"), hint="" if own.id else tr("Left empty: the next free number.")),
        Field("kind", tr("Sample of"), Kind.CHOICE, options=_options(KIND_WORDS), means=_kind, beside=True),
        Field("kind_words", tr("What it is of"), wide=True, when=("kind", (SampleKind.OTHER.value,))),
        Field("purpose", tr("Taken for"), Kind.CHOICE, options=_options(PURPOSE_WORDS), means=_purpose),
        Field("study_id", tr("Study"), Kind.CHOICE, options=studies, means=_number, beside=True, when=RESEARCH),
        Field("assay", tr("Assay")),
        Field("laboratory", tr("Laboratory"), suggestions=laboratories, beside=True),
        Field("taken", tr("Taken"), Kind.DAY, hint=tr("Day, month or year.")),
        Field("taken_at", tr("Taken at, 24-hour"), beside=True),
        Field("sent", tr("Sent"), Kind.DAY),
        Field("sent_at", tr("Sent at, 24-hour"), beside=True),
        Field("received", tr("Received"), Kind.DAY),
        Field("received_at", tr("Received at, 24-hour"), beside=True),
        Field("result", tr("Result"), Kind.CHOICE, options=_options(RESULT_WORDS), means=ResultState),
        Field("quality", tr("Quality"), Kind.SEVERAL, options=_options(QUALITY_WORDS)),
        Field("quality_note", tr("Quality, in words"), beside=True),
        Field("note", tr("Note"), wide=True),
    )


def sample_shown(file: ResearchFile, own: Sample) -> tuple[SheetField, ...]:
    """The sheet of a sample; the results it may have given are those of the record, the newest first.

    Of a new one nothing is chosen beforehand: what it is of and what it is for is said by a person.
    """
    shown = [
        replace(field, text="") if not own.id and field.code in ("kind", "purpose") else field
        for field in fields_shown(own, _sample_fields(file, own))
    ]
    results = tuple((f"{each.encounter_id}:{each.item}", each.words) for each in file.results)
    text = f"{own.result_encounter_id}:{own.result_item}" if own.result_item else ""
    gone = ((text, tr("The linked result is not in this record any more")),) if text not in dict(results) else ()
    options = (("", tr("None")), *results, *(gone if text else ()))
    link = SheetField(
        LINK, tr("It gave this result"), text, options=options, beside=True,
        when=("purpose", (Purpose.CLINICAL_VEGF.value,)),
    )  # fmt: skip
    place = next(place for place, field in enumerate(shown) if field.code == "result") + 1
    return (*shown[:place], link, *shown[place:])


def sample_read(file: ResearchFile, own: Sample, texts: Texts, today: date) -> tuple[Sample, dict[str, str]]:
    """The sample as typed; a link to a clinical result stands only with a sample taken for care."""
    read, problems = read_record(own, _sample_fields(file, own), texts, today)
    if not read.for_research:
        encounter, _, item = texts.get(LINK, "").partition(":")
        read = replace(read, result_encounter_id=int(encounter or 0), result_item=item)
    elif read.result_item:
        read = replace(read, result_encounter_id=0, result_item="")
    return read, problems


# -- an aliquot


def aliquot_fields() -> tuple[Field, ...]:
    """Number, volume, place, and what became of it."""
    gone = ("state", tuple(each.value for each in AliquotState if each is not AliquotState.STORED))
    return (
        Field("number", tr("Aliquot number"), Kind.WHOLE, blank=0),
        Field("volume", tr("Volume, mL"), Kind.DECIMAL, beside=True),
        Field("place", tr("Freezer place"), wide=True, hint=tr("As a path, such as Freezer 2 / Rack B / Box 4 / C7.")),
        Field("state", tr("State"), Kind.CHOICE, options=_options(STATE_WORDS), means=AliquotState),
        Field("on", tr("Since"), Kind.DAY, beside=True),
        Field("why", tr("Why, for what or to whom"), wide=True, when=gone),
        Field("thaws", tr("Times thawed"), Kind.WHOLE, blank=0),
        Field("note", tr("Note"), beside=True),
    )


def aliquot_shown(own: Aliquot) -> tuple[SheetField, ...]:
    """The sheet of an aliquot."""
    return fields_shown(own, aliquot_fields())


def aliquot_read(own: Aliquot, texts: Texts, today: date) -> tuple[Aliquot, dict[str, str]]:
    """The aliquot as typed."""
    return read_record(own, aliquot_fields(), texts, today)


# -- a panel of values


@dataclass(frozen=True, slots=True)
class PanelForm:
    """The values of one sample as a sheet: the encounter that holds them, and each as it would be typed."""

    sample: Sample
    seen: Encounter | None
    fields: Mapping[str, FieldDraft]
    reason: str = ""

    @property
    def version(self) -> int:
        """Of the values; of none yet, none."""
        return self.seen.version if self.seen is not None else 0


def panel_form(file: ResearchFile, sample_id: int) -> PanelForm | None:
    """The sheet's beginning; None if the sample is not there."""
    sample = next((each for each in file.samples if each.id == sample_id), None)
    if sample is None:
        return None
    panel = file.panels.get(sample_id)
    findings = panel.findings if panel is not None else ()
    return PanelForm(sample, panel, {f.item: field_of(CATALOGUE.item(f.item), f) for f in findings})


def panel_shown(form: PanelForm) -> tuple[SheetField, ...]:
    """Each value with its unit and its assay side by side; a reason where values are recorded already."""
    fields: list[SheetField] = []
    for code in PANEL:
        item, typed = CATALOGUE.item(code), form.fields.get(code, FieldDraft())
        fields.append(SheetField(code, f"{item.label.removesuffix(', research assay')}, {item.unit}", typed.text))
        label = tr("Assay of {test}", test=item.label.removesuffix(", research assay"))
        fields.append(SheetField(f"{code}.assay", label, typed.assay, beside=True))
    if form.seen is not None:
        hint = tr("Needed where recorded values change; kept with the old and the new ones.")
        fields.append(SheetField("reason", tr("Why values change"), "", hint, wide=True))
    return tuple(fields)


def panel_read(form: PanelForm, texts: Texts) -> tuple[PanelForm, dict[str, str]]:
    """The values as typed; what stands as it stood keeps everything that was said beside it."""
    fields = {}
    for code in PANEL:
        before = form.fields.get(code, FieldDraft())
        text, assay = texts.get(code, "").strip(), texts.get(f"{code}.assay", "").strip()
        same = (text, assay) == (before.text, before.assay)
        fields[code] = before if same else FieldDraft(text=text, assay=assay, note=before.note)
    return replace(form, fields=fields, reason=texts.get("reason", "").strip()), {}
