"""Pieces of questions to the search index, each a query object."""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query

from catalogue.model.procedure import split_code
from catalogue.store.search_document import START
from catalogue.store.search_index import Snapshot
from catalogue.store.search_reading import Reading, Unit

_FEW = 16  # so many terms are asked one by one, more as a set
_BEFORE = range(3)  # words that may stand before what a name opens with
_CODED = ("name", "near", "whole")  # where a word with digits may also be a code


class Clauses:
    """Makes queries for one state of the index."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._schema, self._searcher = snapshot.schema, snapshot.searcher

    def phrase(self, reading: Reading, field: str, *, opens: bool = False) -> Query | None:
        """The words one after the other; None where a unit other than the last is no whole word.

        `opens`: with a few words at most before them, such as `Đăng ký`.
        """
        if any(unit.kind != "word" for unit in reading[:-1]) or reading[-1].kind == "number":
            return None
        words = [_spelled(unit, field) for unit in reading]
        make = Query.phrase_query if reading[-1].kind == "word" else Query.phrase_prefix_query
        if opens:
            spans = [[(0, START), *enumerate(words, 1 + before)] for before in _BEFORE]
            return any_of([make(self._schema, field, list(span)) for span in spans])
        return make(self._schema, field, list(words)) if len(words) > 1 else self.unit(reading[0], field)

    def words(self, reading: Reading, field: str) -> Query:
        """All the words, in any order."""
        return every([self.unit(unit, field) for unit in dict.fromkeys(reading)])

    def last_started(self, reading: Reading) -> Query:
        """All the words in the name, where the last one may go on."""
        last = reading[-1]
        if len(reading) == 1 or last.kind != "word" or last.word.has_digit:
            return Query.empty_query()
        return self.words((*reading[:-1], Unit(last.word, "start")), "name")

    def unit(self, unit: Unit, field: str) -> Query:
        """One thing that must be found, in a field."""
        wanted = _spelled(unit, field)
        if unit.kind == "number":
            return self.started("number", wanted) if field == "whole" else Query.empty_query()
        if unit.kind == "start":
            return self.started(field, wanted)
        if unit.word.has_digit and field in _CODED:
            codes = [self.term(name, wanted) for name in (field, "code", "code_start")]
            return any_of([*codes, self.term("national", split_code(wanted)[0])])
        return self.term(field, wanted)

    def started(self, field: str, start: str) -> Query:
        """Any word that begins so."""
        terms = [term for term, _ in self._searcher.terms_with_prefix(field, start)]
        if len(terms) > _FEW:
            return Query.term_set_query(self._schema, field, terms)
        return any_of([self.term(field, term) for term in terms])

    def term(self, field: str, value: str | bool) -> Query:
        """Exactly this."""
        return Query.term_query(self._schema, field, value)

    def one_of(self, field: str, values: str | tuple[str, ...]) -> Query:
        """Exactly this, or one of these."""
        if isinstance(values, str):
            return self.term(field, values)
        return Query.term_set_query(self._schema, field, list(values))

    def range(self, field: str, lowest: int | None, highest: int | None) -> Query:
        """A number from the lowest to the highest, both among them."""
        return Query.range_query(self._schema, field, FieldType.Unsigned, lowest, highest)


def every(queries: Sequence[Query]) -> Query:
    """All of them."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Sequence[Query | None]) -> Query:
    """One of them; nothing where there is none."""
    asked = [(Occur.Should, query) for query in queries if query is not None]
    return Query.boolean_query(asked) if asked else Query.empty_query()


def _spelled(unit: Unit, field: str) -> str:
    return unit.word.exact if field == "exact" else unit.word.folded
