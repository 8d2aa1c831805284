"""Fees: an amount with its currency and the words beside it, several in a cell.

An amount that its own words contradict is not certain: it is left out, the words are kept and the contradiction is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.model.quality import Problem, amounts_named, fee_too_small, free_beside_amount
from pipelines.parse.words import Parsed, excerpt, paragraphs

Fee = dict[str, str | int]

UNKNOWN = "Không có thông tin"
CURRENCY = r"VNĐ|VND|Việt Nam Đồng|Đồng|đồng|USD|US\$|EUR|Euro"

_ISO = {"USD": "USD", "US$": "USD", "EUR": "EUR", "EURO": "EUR"}
_START = re.compile(
    rf"(?P<unknown>{UNKNOWN})|(?P<free>Miễn phí)"
    rf"|(?P<number>\d{{1,3}}(?:[.,]\d{{3}}){{1,5}}|\d{{1,15}}(?:[.,]\d{{1,2}})?)\s*(?P<currency>{CURRENCY})(?![a-zà-ỹ])"
)
_GLUED = re.compile(rf"(?P<figures>\d[\d.,]{{0,19}})\s*(?:{CURRENCY})(?![a-zà-ỹ])")
# Another fee of the same cell stands right after the one before; "Miễn phí đối với …" is the beginning of a note.
_NEXT_FREE = re.compile(r"Miễn phí(?! )")
_PARENTHESIS = re.compile(r"[()]")
# "Miễn phí (Không thu lệ phí)" is free; "Miễn phí (Mức thu theo Thông tư số …)" is a rate that stands elsewhere.
_NO_FEE = re.compile(r"\W*(?:không|miễn)\b", re.IGNORECASE)
_A_RATE = re.compile(r"phí|quy định|thông tư|biểu giá|\A\W*giá\b", re.IGNORECASE)
_LIST_MARK = re.compile(r"[\s;.,:(][a-zđ\d]{1,2}\Z")


@dataclass(frozen=True)
class Scan:
    """The fees at the beginning of a text, where they end, and whether their end is certain."""

    fees: tuple[Fee, ...]
    problems: tuple[Problem, ...]
    end: int
    is_clear: bool


def fees(text: str) -> Parsed[list[Fee]]:
    """The fees of a cell; words that are no amount are one fee in words."""
    scan_ = scan(text)
    rest = paragraphs(text[scan_.end :])
    found: list[Fee] = [*scan_.fees]
    if rest:
        found.append({"text": rest})
    unclear = (Problem("fees_unclear", "channels", excerpt(text)),) if scan_.fees and rest else ()
    return Parsed(found, (*scan_.problems, *unclear))


def scan(text: str, start: int = 0, end: int | None = None) -> Scan:
    """Every fee that stands at `start`, one right after the other."""
    end = len(text) if end is None else end
    found: list[Fee] = []
    problems: list[Problem] = []
    is_clear = True
    position = start
    for match, stop, is_certain in _cells(text, start, end):
        position = stop
        is_clear &= is_certain
        if not match["unknown"]:
            fee = _fee(match, text[match.end() : stop])
            found.append(fee.value)
            problems += fee.problems
    return Scan(tuple(found), tuple(problems), position, is_clear)


def scan_glued(text: str, start: int, end: int) -> Scan:
    """The same where the figures of the first fee may begin with a time limit: `120 VNĐ` is 1 and 20, or 12 and 0."""
    match = _GLUED.match(text, start, end)
    if match is None:
        return scan(text, start, end)
    stop, is_certain = _after_words(text, match.end(), end)
    words = _apart(text[start : match.end()], text[match.end() : stop])
    rest = scan(text, stop, end)
    problems = (*_glued(words, match["figures"]), *rest.problems)
    return Scan(({"text": words}, *rest.fees), problems, rest.end, is_certain and rest.is_clear)


def judged(amount_vnd: int, words: str, text: str) -> Parsed[Fee]:
    """A fee in đồng: with its amount where its own words do not contradict it, always with its text."""
    fee: Fee = {"text": text}
    said = excerpt(text)
    if fee_too_small(amount_vnd, words):
        return Parsed(fee, (Problem("fee_thousand_times_too_small", "channels", said),))
    if free_beside_amount(amount_vnd, words):
        return Parsed(fee, (Problem("free_beside_amount", "channels", said),))
    if amount_vnd == 0 and _A_RATE.search(words) and not _NO_FEE.match(words):
        return Parsed(fee, (Problem("free_beside_rate", "channels", said),))
    if amount_vnd and re.search(rf"(?<![\d.,]){amount_vnd}\s*USD", words) and amount_vnd < 1000:
        return Parsed(fee, (Problem("fee_currency_contradicted", "channels", said),))
    return Parsed({"amount_vnd": amount_vnd, **fee})


def _cells(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int, bool]]:
    position = start
    while match := _START.match(text, position, end):
        if position > start and match["unknown"]:
            return
        if position > start and match["free"] and not _NEXT_FREE.match(text, position, end):
            return
        if match["unknown"]:
            yield match, match.end(), True
            return
        position, is_certain = _after_words(text, match.end(), end)
        yield match, position, is_certain


def _after_words(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where the words in parentheses that begin at `start` end, and whether that is certain.

    It is not where no parenthesis closes them, or where `a)` seems to: then they go on to the last closing one.
    """
    if start >= end or text[start] != "(":
        return start, True
    depth = 0
    last = end
    # How many more close than open from here on.
    behind = text.count(")", start, end) - text.count("(", start, end)
    for match in _PARENTHESIS.finditer(text, start, end):
        step = 1 if match[0] == "(" else -1
        depth, behind = depth + step, behind + step
        if step < 0:
            last = match.end()
        if depth == 0 and not (behind > 0 and _LIST_MARK.search(text, max(start, last - 4), last - 1)):
            return last, True
        depth = max(depth, 1)
    return last, False


def _glued(text: str, figures: str) -> tuple[Problem, ...]:
    said = excerpt(text)
    unclear = Problem("time_and_fee_glued", "channels", said)
    digits = re.sub(r"\D", "", figures)
    named = amounts_named(text)
    if any(int(digits[cut:]) * 1000 in named for cut in range(len(digits)) if digits[cut] != "0"):
        return unclear, Problem("fee_thousand_times_too_small", "channels", said)
    return (unclear,)


def _apart(amount: str, words: str) -> str:
    return paragraphs(f"{amount} {words}")


def _fee(match: re.Match[str], words: str) -> Parsed[Fee]:
    whole = _apart(match[0], words)
    if match["free"]:
        return judged(0, words, whole)
    currency = match["currency"].upper()
    figures = match["number"]
    is_grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figures) is not None
    if iso := _ISO.get(currency):
        amount = re.sub(r"[.,]", "", figures) if is_grouped else figures.replace(",", ".")
        return Parsed({"amount": amount, "currency": iso, "text": whole})
    if is_grouped or figures.isdigit():
        return judged(int(re.sub(r"[.,]", "", figures)), words, whole)
    return Parsed({"text": whole}, (Problem("fees_unclear", "channels", excerpt(whole)),))
