"""Questions to the search index, built as objects: user text never meets a query parser."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tantivy import DocAddress, Occur, Order, Query

from catalogue.model.period import Moment
from catalogue.model.procedure import split_code
from catalogue.reference import EverydayWord
from catalogue.store.search_clauses import Clauses, any_of, every
from catalogue.store.search_document import FACETS
from catalogue.store.search_index import Snapshot
from catalogue.store.search_reading import Reading, Understanding, understand

T = TypeVar("T")

IN_NAME = "in_name"

_KEPT_ANSWERS = 500
_MOST_VALUES = 10_000  # of a facet


@dataclass(frozen=True)
class Filters:
    """The values that facets must have (one of several); `in_force` None: whether or not; `in_name`: found by name or
    code only."""

    values: Mapping[str, str | tuple[str, ...]]
    in_force: bool | None = None
    in_name: bool = False

    def without(self, facet: str) -> "Filters":
        """All but one."""
        if facet == IN_NAME:
            return replace(self, in_name=False)
        return replace(self, values={name: value for name, value in self.values.items() if name != facet})


@dataclass(frozen=True)
class Hits:
    """One page of versions, best first, those that their name or code alone did not find, and the number of all."""

    version_ids: list[int]
    elsewhere: frozenset[int]
    total: int


class Questions:
    """What is asked at one moment of one state of the index."""

    def __init__(self, snapshot: Snapshot, moment: Moment) -> None:
        self._clauses, self._searcher = Clauses(snapshot), snapshot.searcher
        self._answers, self._moment = snapshot.kept, moment
        day = moment.as_of.toordinal()
        self._standing = (
            self._clauses.range("since", None, day),
            self._clauses.range("until", day + 1, None),
            self._clauses.range("known_from", None, moment.revision),
            self._clauses.range("known_until", moment.revision + 1, None),
        )

    def read(self, text: str, everyday: tuple[EverydayWord, ...]) -> Understanding:
        """How a text is read; kept, because finding, counting and saying so each ask."""
        return self._kept(("read", text, everyday), lambda: understand(text, everyday, self))

    def find(self, text: Understanding, filters: Filters, limit: int, offset: int = 0) -> Hits:
        """A page of the procedures that stand and match: tier by tier, in a tier shorter names first; latest first without a text."""
        matching = every(self._matching(text, filters))
        if not text.literal:
            result: Any = self._searcher.search(
                matching, limit, order_by_field="latest_first", offset=offset, order=Order.Asc
            )
            return Hits(self._version_ids(result.hits), frozenset(), result.count)
        total = self._count(matching)
        found: list[int] = []
        elsewhere: set[int] = set()
        above: list[Query] = []
        seen = 0
        for tier, is_name in self._tiers(text):
            if len(found) == limit or seen >= min(total, offset + limit):
                break
            query = Query.boolean_query(
                [(Occur.Must, matching), (Occur.Must, tier), *((Occur.MustNot, one) for one in above)]
            )
            result = self._searcher.search(
                query,
                limit - len(found),
                order_by_field="short_first",
                offset=max(0, offset - seen),
                order=Order.Asc,
            )
            ids = self._version_ids(result.hits)
            found += ids
            elsewhere.update(() if is_name else ids)
            seen += result.count
            above.append(tier)
        return Hits(found, frozenset(elsewhere), total)

    def count(
        self, text: Understanding, filters: Filters, facets: Sequence[str]
    ) -> dict[str, tuple[int, dict[str, int]]]:
        """For each facet: procedures under all filters but its own, and how many have each value.

        `total`: those under all filters; `in_name`: how many of them name or code alone would find. Kept: on an empty
        search box everybody asks the same.
        """
        asked = (
            "count",
            text,
            tuple(filters.values.items()),
            filters.in_force,
            filters.in_name,
            tuple(facets),
        )
        return self._kept(asked, lambda: self._counted(text, filters, facets))

    def _counted(
        self, text: Understanding, filters: Filters, facets: Sequence[str]
    ) -> dict[str, tuple[int, dict[str, int]]]:
        grouped: dict[tuple[tuple[str, ...], bool], list[str]] = {}
        for facet in facets:
            under = filters.without(facet)
            grouped.setdefault((tuple(under.values), under.in_name), []).append(facet)
        found = {}
        for names in grouped.values():
            under = filters.without(names[0])
            answer = self._searcher.aggregate(every(self._matching(text, under)), _aggregations(names))
            total = int(answer["total"]["value"])
            for name in names:
                buckets = answer[name]["buckets"] if name in answer and name != "total" else ()
                found[name] = (total, {bucket["key"]: bucket["doc_count"] for bucket in buckets})
            if IN_NAME in names:
                named = self._matching(text, replace(under, in_name=True))
                found[IN_NAME] = (total, {"name": self._count(every(named)) if text.literal else total})
        return found

    def knows(self, word: str) -> bool:
        """Whether it is a word of the searched texts, or part of a code."""
        fields = ("whole", "code", "national", "code_start")
        return any(self._searcher.doc_freq(name, word) for name in fields)

    def knows_start(self, start: str) -> bool:
        """Whether a word of the searched texts begins so."""
        return bool(self._searcher.terms_with_prefix("whole", start, limit=1))

    def knows_number(self, start: str) -> bool:
        """Whether the number of a legal basis begins so."""
        return bool(self._searcher.terms_with_prefix("number", start, limit=1))

    def most_fitting(self, readings: Sequence[Reading]) -> Reading:
        """The reading whose words most names have, or where no name has them, most texts; the first of equals."""
        for field in ("name", "whole"):
            counts = [
                self._count(every([*self._standing, self._clauses.words(reading, field)]))
                for reading in readings
            ]
            if any(counts):
                return readings[counts.index(max(counts))]
        return readings[0]

    def _matching(self, text: Understanding, filters: Filters) -> list[Query]:
        asked = [*self._standing]
        asked += [self._clauses.one_of(facet, value) for facet, value in filters.values.items()]
        if filters.in_force is not None:
            asked.append(self._clauses.term("in_force", filters.in_force))
        if text.literal:
            literal, other = ("name", "name") if filters.in_name else ("whole", "near")
            ways = [self._clauses.words(text.literal, literal), self._clauses.last_started(text.literal)]
            ways += [self._clauses.words(reading, other) for reading in text.others]
            asked.append(any_of(ways))
        return asked

    def _tiers(self, text: Understanding) -> Iterator[tuple[Query, bool]]:
        """From the surest to the rest; whether name or code alone say why. The last one takes whatever matches."""
        literal, others = text.literal, text.others
        tiers = [(query, True) for query in (*self._codes(literal), *self._openings(text))]
        tiers += [
            (self._clauses.words(literal, "head"), True),
            (any_of([self._clauses.words(reading, "head") for reading in others]), True),
            (self._clauses.phrase(literal, "near"), False),
            (self._clauses.phrase(literal, "whole"), False),
            (self._clauses.words(literal, "name"), True),
            (any_of([self._clauses.words(reading, "name") for reading in others]), True),
            (self._clauses.last_started(literal), True),
            (self._clauses.words(literal, "near"), False),
            (any_of([self._clauses.words(reading, "near") for reading in others]), False),
            (Query.all_query(), False),
        ]
        return ((query, is_name) for query, is_name in tiers if query is not None)

    def _codes(self, reading: Reading) -> Iterator[Query]:
        """The code itself, then every other code of the same national one."""
        if len(reading) == 1 and reading[0].kind == "word" and reading[0].word.has_digit:
            code = reading[0].word.folded
            yield self._clauses.term("code", code)
            yield self._clauses.term("national", split_code(code)[0])

    def _openings(self, text: Understanding) -> Iterator[Query | None]:
        """What a name opens with before what it mentions, typed words before their meaning, typed diacritics before all."""
        literal, others = text.literal, text.others
        opening = any_of([self._clauses.phrase(reading, "name", opens=True) for reading in others])
        meant = any_of([self._clauses.phrase(reading, "head") for reading in others])
        if text.is_marked:
            all_exact = self._clauses.words(literal, "exact")
            yield self._clauses.phrase(literal, "exact", opens=True)
            yield opening
            if exact := self._clauses.phrase(literal, "exact"):
                yield every([exact, self._clauses.phrase(literal, "head") or exact])
                yield meant
                yield exact
            yield every([all_exact, self._clauses.words(literal, "head")])
        yield self._clauses.phrase(literal, "name", opens=True)
        yield opening
        yield self._clauses.phrase(literal, "head")
        yield meant
        yield self._clauses.phrase(literal, "name")

    def _count(self, query: Query) -> int:
        result: Any = self._searcher.search(query, 1, order_by_field="version_id")
        return int(result.count)

    def _kept(self, asked: Hashable, answer: Callable[[], T]) -> T:
        key = (asked, self._moment.as_of, self._moment.revision)
        found: T | None = self._answers.get(key)
        if found is None:
            if len(self._answers) >= _KEPT_ANSWERS:
                self._answers.clear()
            found = self._answers[key] = answer()
        return found

    def _version_ids(self, hits: Iterable[tuple[Any, DocAddress]]) -> list[int]:
        found: list[Any] = self._searcher.fast_field_values("version_id", [address for _, address in hits])
        return found


def _aggregations(facets: Iterable[str]) -> dict[str, dict[str, dict[str, object]]]:
    asked: dict[str, dict[str, dict[str, object]]] = {
        name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in facets if name in FACETS
    }
    return asked | {"total": {"value_count": {"field": "version_id"}}}
