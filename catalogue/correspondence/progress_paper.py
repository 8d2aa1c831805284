"""The progress report as an official paper: parts in sentences with their charts, annexes with the numbers behind them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.correspondence import progress_annexes as annexes
from catalogue.correspondence import progress_charts as charts
from catalogue.correspondence import progress_late as late
from catalogue.correspondence import progress_pace as pace
from catalogue.correspondence import progress_words as words
from catalogue.correspondence.paper import Heading, Paper
from catalogue.correspondence.progress_charts import Picture
from catalogue.i18n import Translator
from catalogue.model.progress_report import LateCorrection, ProgressReport
from catalogue.services import progress_detail
from catalogue.services.installation import Installation
from catalogue.services.progress_detail import Detail

_T = Translator("vi")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

# Called with what is written next and the share of the work behind it.
Told = Callable[[str, float], None]


@dataclass
class _Text:
    """The paper with its parts and figures numbered as they come; no part stands without content."""

    paper: Paper
    parts: Iterator[str] = field(default_factory=lambda: iter(_ROMAN))
    figures: int = 0

    def part(self, name: str, sentences: Sequence[str]) -> None:
        self.paper.part(f"{next(self.parts)}. {_T(f'progress_paper.part_{name}')}")
        for sentence in sentences:
            self.paper.paragraph(sentence)

    def picture(self, picture: Picture | None) -> None:
        if picture is None:
            return
        self.figures += 1
        caption = _T("progress_paper.figure", number=self.figures, caption=picture.caption)
        self.paper.picture(picture.png, caption, picture.alt)


def write(
    installation: Installation,
    report: ProgressReport,
    agency: str | None = None,
    *,
    detail: Detail | None = None,
    told: Told | None = None,
) -> bytes:
    """The report as .docx; `agency` as the report was asked for, `told` hears each step."""
    tell = told or _silent
    tell("read", 0.0)
    found = detail or progress_detail.detail(installation, report, agency)
    name = installation.reference.lead(agency).name_on(report.as_of) if agency else None
    text = _head(installation, report, name)
    tell("result", 0.2)
    _result(text, installation, report, found)
    tell("late", 0.4)
    _late(text, report, found)
    tell("changes", 0.6)
    _base_changes(text, report, found)
    text.part("changes", words.changes(report, found))
    _corrections(text, report, found)
    _close(text, installation, report, found)
    tell("annexes", 0.7)
    _annexes(text, installation, report, found)
    tell("save", 0.95)
    return text.paper.save()


def _silent(_step: str, _share: float) -> None:
    pass


def _head(installation: Installation, report: ProgressReport, agency: str | None) -> _Text:
    house, wording = installation.reference.house, installation.reference.report
    about = words.title(report, agency)
    paper = Paper(about, report.as_of)
    number = f"Số: …{wording.number}"
    paper.heading(Heading(house.superior, house.issuer, number, None, house.place, installation.working_date))
    paper.title(_T("report.kind"), about)
    paper.addressee(wording.to)
    return _Text(paper)


def _result(text: _Text, installation: Installation, report: ProgressReport, found: Detail) -> None:
    text.part("result", words.sentences(installation, report))
    if report.total.assigned:
        names = [_T("progress_paper.annex", number=number) + f" ({_T(f'progress_paper.annex_{name}').lower()})"
                 for number, name in zip(_ROMAN, annexes.names(report, found), strict=False)]  # fmt: skip
        if names:
            text.paper.paragraph(_T("progress_paper.annexes", parts="; ".join(names)))
        text.part("pace", [*pace.pace(report, found), *pace.target(report, found)])
        text.picture(charts.curve(report, found))


def _late(text: _Text, report: ProgressReport, found: Detail) -> None:
    if not report.total.counted:
        return
    text.part("late", late.late(report, found))
    text.picture(charts.late(report, found))
    for sentence in late.obstacles(report, found):
        text.paper.paragraph(sentence)


def _close(text: _Text, installation: Installation, report: ProgressReport, found: Detail) -> None:
    if not report.is_of_day:
        text.part("returns", words.returns(report))
    text.part("proposals", late.proposals(report, found))
    text.part("notes", ())
    for sentence in words.notes(installation, report):
        text.paper.paragraph(sentence, size=12)
    wording = installation.reference.report
    text.paper.signature(wording.authority, wording.signer, wording.recipients)


def _base_changes(text: _Text, report: ProgressReport, found: Detail) -> None:
    earlier = words.earlier_base(report, found)
    if not report.base_changes:
        text.part("base", [_T("report.none_base"), *earlier])
        return
    text.part("base", ())
    columns = annexes.columns_of(("no", 9, "center"), ("date", 22, "center"), ("agency", 34, "left"),
                       ("kind_of_change", 20, "left"), ("items", 18, "right"), ("reason", 62, "left"))  # fmt: skip
    rows = [
        (
            str(place),
            _T.day(change.effective_date),
            change.agency_short_name,
            _T.word("report.base", change.change),
            _T.number(change.items),
            "; ".join(filter(None, [change.reason, words.base_document(change)])),
        )
        for place, change in enumerate(report.base_changes[: annexes.LONGEST_LIST], start=1)
    ]
    text.paper.table(columns, rows)
    annexes.say_cut(text.paper, len(report.base_changes))
    for sentence in earlier:
        text.paper.paragraph(sentence)


def _corrections(text: _Text, report: ProgressReport, found: Detail) -> None:
    """What was recorded after a close, of the report's own period and of the one before it; the rows are in an annex."""
    closed_at = report.period.closed_at
    said = []
    if closed_at is not None:
        said.append(_about("about_late", report.late_corrections, closed=closed_at))
    elif not report.is_of_day:
        said.append(_T("report.not_closed"))
    if report.previous and report.previous.closed_at:
        said.append(_about("about_carried", report.carried_corrections, closed=report.previous.closed_at))
    if "corrections" in annexes.names(report, found):
        number = _ROMAN[annexes.names(report, found).index("corrections")]
        said.append(_T("progress_paper.corrections_annex", number=number))
    text.part("corrections", said or [_T("progress_paper.corrections_none")])


def _about(key: str, found: Sequence[LateCorrection], **more: Any) -> str:
    if not found:
        return _T(f"progress_paper.{key}_none", **more)
    items = len({one.item_id for one in found})
    return _T(f"progress_paper.{key}", items=items, kinds=words.corrections(found), **more)


def _annexes(text: _Text, installation: Installation, report: ProgressReport, found: Detail) -> None:
    for number, name in zip(_ROMAN, annexes.names(report, found), strict=False):
        text.paper.annex(
            _T("progress_paper.annex", number=number),
            _T(f"progress_paper.annex_{name}"),
            _T("progress_paper.annex_note", as_of=report.as_of),
        )
        if name == "documents":
            text.picture(charts.documents(report, found))
        annexes.table(name, text.paper, installation, report, found)
