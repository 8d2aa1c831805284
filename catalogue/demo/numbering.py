"""Numbers of documents: in the order of their days, as each issuer counts; a number and a day never occur twice."""

import random
from collections.abc import Iterable
from datetime import date

from catalogue.demo.commitments import Document
from catalogue.demo.ministries import MINISTRIES

# How many documents of a kind are numbered a day, so that a number fits the day of the year.
_A_DAY = {"law": 0.08, "decree": 0.27, "circular": 0.09, "resolution": 0.55, "letter": 23.0, "decision": 6.0}


class Numbering:
    """Gives numbers; keeps those given, so that a later claim brings a fresh one."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._last: dict[tuple[str, str, int], int] = {}
        self._taken: set[tuple[str, date]] = set()

    def number_all(self, documents: Iterable[Document]) -> None:
        """Number documents that have a day and no number yet, oldest first."""
        dated = [one for one in documents if one.issued_on]
        self._taken.update((one.number, one.issued_on) for one in dated if one.number and one.issued_on)
        for document in sorted(dated, key=lambda one: one.issued_on or date.max):
            if not document.number and document.issued_on:
                document.number = self.next(document.type, document.issuer, document.issued_on)

    def next(self, kind: str, issuer: str, day: date) -> str:
        """A number for a document of this kind, issuer and day."""
        pattern = _pattern(kind, issuer)
        series = (pattern, issuer, day.year)
        pace = _A_DAY[kind] if issuer != "thu-tuong-chinh-phu" else 0.1
        usual = int(day.timetuple().tm_yday * pace * (0.8 + self._rng.random() * 0.2))
        value = max(self._last.get(series, 0) + 1, usual)
        while (pattern.format(n=value, y=day.year), day) in self._taken:
            value += 1
        number = pattern.format(n=value, y=day.year)
        self._last[series] = value
        self._taken.add((number, day))
        return number


def _pattern(kind: str, issuer: str) -> str:
    symbol = MINISTRIES[issuer].symbol if issuer in MINISTRIES else "UBND"
    if kind == "decision" and issuer == "thu-tuong-chinh-phu":
        return "{n:02d}/{y}/QĐ-TTg"
    return {
        "law": "{n:02d}/{y}/QH15",
        "decree": "{n:02d}/{y}/NĐ-CP",
        "circular": "{n:02d}/{y}/TT-" + symbol,
        "resolution": "{n}/NQ-CP",
        "letter": "{n}/VPCP-KSTT",
        "decision": "{n}/QĐ-" + symbol,
    }[kind]
