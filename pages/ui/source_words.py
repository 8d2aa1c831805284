"""The source's own words of a record beside what was read from them: an expander a part, and one for everything else."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from catalogue.errors import NotFound
from catalogue.i18n import Translator
from catalogue.model.content import PARTS
from catalogue.text import spelling_key
from pages.ui import import_sources

Raw = Mapping[str, Mapping[str, Any]]

# Headings of the portal's pages, which no source.yml lists; the others are each source's own columns.
_HEADINGS = {
    "name": ("Tên thủ tục",),
    "decision_number": ("Số quyết định",),
    "levels": ("Cấp thực hiện",),
    "procedure_type": ("Loại thủ tục",),
    "field_name": ("Lĩnh vực",),
    "addressees": ("Đối tượng thực hiện",),
    "competent": ("Cơ quan có thẩm quyền",),
    "address": ("Địa chỉ tiếp nhận HS", "Địa chỉ tiếp nhận hồ sơ"),
    "authorised": ("Cơ quan được ủy quyền",),
    "cooperating": ("Cơ quan phối hợp",),
    "related": ("Thủ tục hành chính liên quan",),
    "steps": ("Trình tự thực hiện",),
    "channels": ("Cách thức thực hiện",),
    "dossier": ("Thành phần hồ sơ",),
    "legal_bases": ("Căn cứ pháp lý",),
    "implementing": ("Cơ quan thực hiện",),
    "requirements": ("Yêu cầu, điều kiện thực hiện", "Yêu cầu, điều kiện"),
    "results": ("Kết quả xử lý", "Kết quả thực hiện"),
    "keywords": ("Từ khóa",),
    "description": ("Mô tả",),
}
_PART_OF = {spelling_key(heading): part for part, headings in _HEADINGS.items() for heading in headings}


class SourceWords:
    """What the sources say, handed out part by part; what no part took is shown last."""

    def __init__(self, raw: Raw, t: Translator) -> None:
        self._t = t
        self._left: dict[str, list[tuple[str, str, str]]] = {}
        for source, words in raw.items():
            for heading, value in words.items():
                if text := _text(value):
                    part = _part(source, heading) or ""
                    self._left.setdefault(part, []).append((source, heading, text))

    def beside(self, *parts: str) -> None:
        """The words of some parts, folded under what was read from them."""
        found = [entry for part in parts for entry in self._left.pop(part, [])]
        self._show(found, self._t("procedure.source_words"))

    def rest(self) -> None:
        """Everything that was not shown yet."""
        found = [entry for entries in self._left.values() for entry in entries]
        self._left = {}
        self._show(found, self._t("procedure.source_rest"))

    def _show(self, found: list[tuple[str, str, str]], title: str) -> None:
        if not found:
            return
        with st.expander(title, icon=":material/format_quote:", type="compact"):
            st.html(
                "".join(
                    f'<p class="source-of">{escape(heading)} · {escape(import_sources.title(source, self._t))}</p>'
                    f'<pre class="source">{escape(text)}</pre>'
                    for source, heading, text in found
                )
            )


def _part(source: str, heading: str) -> str | None:
    try:
        declared = import_sources.get(source)
    except NotFound:
        return _PART_OF.get(spelling_key(heading))
    name = (declared.columns | declared.optional_columns).get(heading)
    return name if name in PARTS else _PART_OF.get(spelling_key(heading))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1)
