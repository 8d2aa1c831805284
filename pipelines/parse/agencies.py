"""Lists of agencies: names that commas part, some of which have commas inside."""

import re
from collections.abc import Iterable, Iterator

from catalogue.model.quality import Problem
from catalogue.text import clean
from pipelines.parse.words import Parsed, excerpt, said

# What the name of a body begins with: behind a comma, a capital letter begins a name only with one of these.
KINDS = (
    *(
        "Ban",
        "Bảo hiểm xã hội",
        "Biên phòng",
        "Bộ",
        "Các",
        "Cảng",
        "Chi cục",
        "Chi nhánh",
        "Chủ tịch",
        "Công an",
    ),
    *(
        "Công đoàn",
        "Cơ quan",
        "Cơ sở",
        "Cục",
        "Doanh nghiệp",
        "Đại sứ quán",
        "Đội",
        "Đơn vị",
        "Hải quan",
        "Hạt",
    ),
    *(
        "Hội",
        "Kho bạc",
        "Khu",
        "Kiểm toán",
        "Ngân hàng",
        "Phòng",
        "Quỹ",
        "Sở",
        "Tập đoàn",
        "Thanh tra",
        "Thủ tướng",
    ),
    *(
        "Thuế",
        "Tòa án",
        "Toà án",
        "Tổ chức",
        "Tổng cục",
        "Tổng công ty",
        "Trạm",
        "Trung tâm",
        "Trường",
        "UBND",
    ),
    *("Ủy ban", "Uỷ ban", "Văn phòng", "Viện", "Vụ"),
)

_COMMA = re.compile(r"[,;]\s*(?=\w)")
_IN_PARENTHESES = re.compile(r"\([^()]*\)")
_KIND = re.compile(rf"(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})\b")


def agencies(text: str, part: str, known: Iterable[str] = ()) -> Parsed[list[str]]:
    """The names that a text lists, each once; `known`: names of agencies that have a comma inside.

    A comma before a small letter is part of a name. One before a capital that begins no known kind of body stays in
    the name and is said.
    """
    words = said(text)
    guarded = {clean(name) for name in known if "," in name}
    names: dict[str, None] = {}
    problems: list[Problem] = []
    for name in _names(words, guarded):
        names[name] = None
        outside = _IN_PARENTHESES.sub("", name)
        is_unclear = any(outside[comma.end()].isupper() for comma in _COMMA.finditer(outside))
        if is_unclear and not any(other in name for other in guarded):
            problems.append(Problem("agencies_unclear", part, excerpt(name)))
    return Parsed(list(names), tuple(dict.fromkeys(problems)))


def _names(words: str, guarded: Iterable[str]) -> Iterator[str]:
    kept = {
        at.start() + offset
        for name in guarded
        for at in re.finditer(re.escape(name), words)
        for offset, character in enumerate(name)
        if character == ","
    }
    start = searched = depth = 0
    for comma in _COMMA.finditer(words):
        depth += words.count("(", searched, comma.start()) - words.count(")", searched, comma.start())
        searched = comma.start()
        if depth <= 0 and comma.start() not in kept and _KIND.match(words, comma.end()):
            yield words[start : comma.start()].strip()
            start, depth = comma.end(), 0
    if rest := words[start:].strip(" ,;"):
        yield rest
