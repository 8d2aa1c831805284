"""The papers of a dossier by case, from tables whose borders were lost.

A table begins at its headings; the case that it is for stands before them, `--` where there is one dossier for all. A
paper ends with its numbers, glued to what is around them: `1 bản chính`, `0 bản chính,1 bản sao`. The names of papers
hold such words too (`nộp 01 bản chính tờ khai`), with spaces around them or a leading zero. Before the numbers stand
the files of the form, where a word touches a capital letter: `theo mẫuMẫu số 05.docx1 bản chính`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalogue.model.quality import Problem
from pipelines.parse.words import Parsed, excerpt, paragraphs

Case = dict[str, Any]

HEADINGS = re.compile(r"Tên giấy tờMẫu đơn, tờ khaiSố lượng")

_NUMBERS = re.compile(r"(?P<figures>\d+) bản chính(?:,(?P<copies>\d{1,3}) bản sao)?")
_NO_CASE = re.compile(r"[\s-]*")
_YEAR = re.compile(r"(?:[/.-]|năm )(?:19|20)\d\d\Z")
_SETS = re.compile(
    r"số lượng(?:\s+hồ sơ)?\s*:?\s*0?(?P<sets>[1-9])\s*(?:\([^()\d]{1,10}\)\s*)?bộ\b", re.IGNORECASE
)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar)", re.IGNORECASE)
_FILES = re.compile(rf".*?{_FILE.pattern}", re.IGNORECASE | re.DOTALL)
_FILE_LENGTH = 200


@dataclass(frozen=True)
class _End:
    """Where the numbers of a paper stand; `figures` is '' where a year or a number of the name may be part of them."""

    match: re.Match[str]
    figures: str


def dossier(text: str) -> Parsed[list[Case]]:
    """The cases with their papers; words that are no paper with its numbers are kept as a paper without them."""
    words, *tables = HEADINGS.split(text)
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables, start=1):
        papers, rest = _papers(table, is_last=number == len(tables))
        problems += papers.problems
        cases.append({"case": _case(words), "papers": papers.value})
        words = rest
    if not tables and _case(words):
        cases.append({"case": _case(words)})
        problems.append(Problem("dossier_unclear", "dossier", excerpt(words)))
    known = ({key: value for key, value in case.items() if value} for case in cases)
    return Parsed([case for case in known if case], tuple(dict.fromkeys(problems)))


def sets(text: str) -> int | None:
    """How many sets of the dossier are handed in, where the text says one number and no other."""
    found = {int(match["sets"]) for match in _SETS.finditer(text)}
    return found.pop() if len(found) == 1 else None


def name_and_form(words: str) -> Parsed[tuple[str, str]]:
    """A paper's words as its name and the files of its form, which are '' where they are not certain."""
    text = paragraphs(words)
    if not _is_file(text[-8:]):
        return Parsed((text, ""))
    place = next(_touching(text), None)
    if place is None or not _are_files(text[place:]):
        return Parsed((text, ""), (Problem("form_unclear", "dossier", excerpt(text)),))
    return Parsed((text[:place], "; ".join(_FILES.findall(text[place:]))))


def _case(words: str) -> str:
    return "" if _NO_CASE.fullmatch(words) else paragraphs(words)


def _papers(table: str, *, is_last: bool) -> tuple[Parsed[list[dict[str, Any]]], str]:
    """The papers of a table, and the words behind the last one: the next table's case."""
    papers: list[dict[str, Any]] = []
    problems: list[Problem] = []
    start = 0
    for end in _ends(table):
        whole = table[start : end.match.end()]
        words = table[start : end.match.end("figures") - len(end.figures)]
        start = end.match.end()
        if not end.figures or not paragraphs(words):
            papers.append({"name": paragraphs(whole)})
            problems.append(Problem("dossier_unclear", "dossier", excerpt(whole[-120:])))
            continue
        named = name_and_form(words)
        name, form = named.value
        copies = end.match["copies"]
        paper = {"name": name, "form": form, "originals": int(end.figures), "copies": copies and int(copies)}
        papers.append({key: value for key, value in paper.items() if value not in ("", None)})
        problems += named.problems
    rest = table[start:]
    if is_last and _case(rest):
        papers.append({"name": paragraphs(rest)})
        problems.append(Problem("dossier_unclear", "dossier", excerpt(rest)))
    return Parsed(papers, tuple(problems)), rest


def _ends(table: str) -> Iterator[_End]:
    for match in _NUMBERS.finditer(table):
        figures, after = match["figures"], table[match.end() : match.end() + 1]
        before = table[max(0, match.start() - 9) : match.start()]
        touches_name = bool(before) and not before[-1].isspace() and before[-1] != "("
        touches_next = not after or not (after.isspace() or after in ";.,:)")
        if len(figures) == 1:
            if touches_name or touches_next:
                yield _End(match, figures)
        elif len(figures) == 2 and figures[0] == "0":
            continue
        elif len(figures) == 5 and _YEAR.search(before + figures[:4]):
            yield _End(match, figures[4])
        else:
            yield _End(match, "")


def _touching(text: str) -> Iterator[int]:
    """Where one cell seems to touch the next: a small letter, figure or stop before a capital, `;` or `)` before any."""
    for place in range(1, len(text)):
        before, here = text[place - 1], text[place]
        after = text[place + 1 : place + 2]
        if here.isupper():
            is_mark = before.isdigit() and not after.isalpha()  # "mẫu số 05A"
            touches = (before.islower() or before.isdigit() or before in '.;:,)”"?!%…') and not is_mark
            touches |= before.isupper() and text[place - 2 : place - 1].isupper() and after.islower()
        else:
            last = text[max(0, place - 2)]
            ends = before == "." and (last.islower() or last == ")" or (last.isupper() and here.islower()))
            touches = here.isalnum() and (before in ";)”" or (ends and not _FILE.match(text, place - 1)))
        if touches:
            yield place


def _is_file(words: str) -> bool:
    return re.search(rf"{_FILE.pattern}\Z", words, re.IGNORECASE) is not None


def _are_files(words: str) -> bool:
    """Whether the words are names of files and nothing else, not the end of a name with files behind it.

    Names of files touch inside their first word or one without diacritics: `12.1.PLCpgiyphp.docx`, `MauBankhai.docx`.
    """
    names = [name for name in _FILE.split(words) if name.strip()]
    if any(len(name) > _FILE_LENGTH or ";" in name for name in names):
        return False
    touches = ((name, name.rfind(" ", 0, place) + 1, place) for name in names for place in _touching(name))
    return all(start == 0 or name[start:].split(" ")[0].isascii() for name, start, place in touches)
