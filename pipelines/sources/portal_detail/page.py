"""One detail page of the portal: its sections by label, and each section as a part of a content."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.model.content import Content, normal
from catalogue.model.quality import Problem
from catalogue.text import clean
from pipelines.parse import addressees, levels
from pipelines.parse.agencies import agencies
from pipelines.parse.channels import channels
from pipelines.parse.dossier import HEADINGS, dossier, sets
from pipelines.parse.legal_bases import legal_bases
from pipelines.parse.procedure_types import procedure_type
from pipelines.parse.related import related
from pipelines.parse.results import results
from pipelines.parse.sections import Label, Sections, cut
from pipelines.parse.steps import steps
from pipelines.parse.words import Parsed, excerpt, paragraphs, said

Lookups = Mapping[str, Mapping[str, str]]

# The label of each part on the page, in the page's order.
LABELS = {
    "name": "Tên thủ tục",
    "procedure_code": "Mã thủ tục",
    "decision_number": "Số quyết định",
    "levels": "Cấp thực hiện",
    "procedure_type": "Loại thủ tục",
    "field_name": "Lĩnh vực",
    "addressees": "Đối tượng thực hiện",
    "competent": "Cơ quan có thẩm quyền",
    "address": "Địa chỉ tiếp nhận HS",
    "authorised": "Cơ quan được ủy quyền",
    "cooperating": "Cơ quan phối hợp",
    "related": "Thủ tục hành chính liên quan",
    "steps": "Trình Tự Thực Hiện",
    "channels": "Cách Thức Thực Hiện",
    "dossier": "Thành phần hồ sơ",
    "legal_bases": "Căn cứ pháp lý",
    "implementing": "Cơ quan thực hiện",
    "requirements": "Yêu cầu, điều kiện thực hiện",
    "results": "Kết quả xử lý",
    "keywords": "Từ khóa",
    "description": "Mô tả",
}
PARTS = frozenset({*LABELS, "dossier_sets"} - {"procedure_code"})

# The words of a table's first line or of an empty section tell a label from the same words in a text.
_PATTERNS = {
    "dossier": r"Thành phần hồ sơ(?![:;,.)])",
    "legal_bases": r"Căn cứ pháp lý(?=\s*(?:Tên văn bản pháp lýMã văn bản|Không có thông tin|Cơ quan thực hiện))",
}
_CUT_AT = tuple(
    Label(part, re.compile(_PATTERNS.get(part, re.escape(label))), HEADINGS if part == "dossier" else None)
    for part, label in LABELS.items()
)
# What stands below the record: the box in which a visitor chooses where to file.
_FURNITURE = re.compile(r"Chọn cơ quan thực hiện\s*Tỉnh/ Thành phố.*", re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Page:
    """What a page says: the code it is of, parts of a content, its words by its own labels, and what is not certain."""

    code: str
    content: Content
    raw: Mapping[str, Any]
    problems: tuple[Problem, ...]


def parse_page(columns: Mapping[str, str], lookups: Lookups) -> Page:
    """A page from its columns by part, with the text of the page itself under `page`.

    Where the page lacks a label, the column of that part is read.
    """
    text = _FURNITURE.sub("", unicodedata.normalize("NFC", columns.get("page", "")))
    sections = cut(text, _CUT_AT)
    words = {part: sections.words.get(part, columns.get(part, "")) for part in LABELS}
    reading = _Reading(lookups, list(_of_the_cutting(sections, columns)))
    content = normal(reading.content(words))
    raw = {LABELS[part]: words[part] for part in LABELS if words[part].strip()}
    if address := columns.get("address_of_page"):
        raw["detail_url"] = address
    return Page(said(words["procedure_code"]), content, raw, tuple(dict.fromkeys(reading.problems)))


def _of_the_cutting(sections: Sections, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Labels that are missing or could stand elsewhere, and columns that were cut at another place than the page."""
    yield from (Problem("section_missing", part, LABELS[part]) for part in sections.missing)
    yield from (Problem("section_unclear", part, LABELS[part]) for part in sections.unclear)
    labels = tuple(_SPACE.sub("", label) for label in LABELS.values())
    for part in (part for part in LABELS if columns.get(part) and part in sections.words):
        column = _bare(columns[part])
        section = _bare(sections.words[part])
        rest = column[len(section) :]
        if not column.startswith(section) or (rest and not rest.startswith(labels)):
            yield Problem("column_cut_elsewhere", part, excerpt(columns[part]))


def _bare(text: str) -> str:
    return _SPACE.sub("", _FURNITURE.sub("", unicodedata.normalize("NFC", text)))


@dataclass
class _Reading:
    """The sections of one page on their way to a content."""

    lookups: Lookups
    problems: list[Problem] = field(default_factory=list)

    def content(self, words: Mapping[str, str]) -> Content:
        """The parts that the words say."""
        return {
            "name": clean(words["name"]),
            "field_name": said(words["field_name"]),
            "levels": self._kept(levels.levels(words["levels"], levels.KNOWN | self._lookup("level"))),
            "procedure_type": self._kept(
                procedure_type(words["procedure_type"], self._lookup("procedure_type"))
            ),
            "addressees": self._kept(
                addressees.addressees(
                    words["addressees"], (*addressees.KNOWN, *self._lookup("addressee").values())
                )
            ),
            **{
                role: self._kept(agencies(words[role], role, self._lookup("agency").values()))
                for role in ("implementing", "competent", "authorised", "cooperating")
            },
            "legal_bases": self._kept(legal_bases(words["legal_bases"])),
            "steps": self._kept(steps(words["steps"])),
            "channels": self._kept(channels(words["channels"])),
            "dossier": self._kept(dossier(words["dossier"])),
            "dossier_sets": sets(words["dossier"]),
            "results": self._kept(results(words["results"])),
            "related": self._kept(related(words["related"])),
            "requirements": paragraphs(words["requirements"]),
            "description": paragraphs(words["description"]),
            "keywords": paragraphs(words["keywords"]).split("\n"),
            "address": paragraphs(words["address"]),
            "decision_number": said(words["decision_number"]),
        }

    def _kept(self, parsed: Parsed[Any]) -> Any:
        self.problems += parsed.problems
        return parsed.value

    def _lookup(self, name: str) -> dict[str, str]:
        return dict(self.lookups.get(name, {}))
