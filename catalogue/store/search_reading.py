"""What a text asks for: its words, the beginnings of words, slips of the keyboard put right, everyday words explained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from string import ascii_lowercase
from typing import Literal, Protocol

from catalogue.model.procedure import split_code
from catalogue.reference import EverydayWord
from catalogue.store.search_words import Word, document_numbers, folded_text, number_key, read_words
from catalogue.text import clean

MOST_WORDS = 64
_MOST_CHARACTERS = 2000
_MOST_READINGS = 8  # of everyday words that each mean several things
_SHORTEST_SLIP = 4  # letters of a word that may be corrected: shorter ones are too near to too many others
_MOST_SLIPS = 4
_EXCERPT, _BEFORE = 20, 4  # words of a long entry that are shown, and of those before what was found


@dataclass(frozen=True)
class Unit:
    """One thing that must be found: a whole word, the start of a word, or (the start of) a document's number."""

    word: Word
    kind: Literal["word", "start", "number"] = "word"

    def is_in(self, words: Iterable[str], numbers: Iterable[str] = ()) -> bool:
        """Whether folded words, or the numbers of documents, have it."""
        wanted = self.word.folded
        if self.kind == "number":
            return any(number.startswith(wanted) for number in numbers)
        return any(word.startswith(wanted) if self.kind == "start" else word == wanted for word in words)


Reading = tuple[Unit, ...]


@dataclass(frozen=True)
class Understanding:
    """How a text is searched; `others`: the same with everyday words replaced by what they mean."""

    literal: Reading = ()
    others: tuple[Reading, ...] = ()
    is_marked: bool = False  # typed with diacritics, so that they may decide the order
    corrected: tuple[tuple[str, str], ...] = ()  # (typed, searched)
    explained: tuple[tuple[str, str], ...] = ()  # (typed, also searched)
    unknown: tuple[str, ...] = ()  # words that no text has, nor one like them
    ignored: int = 0  # words beyond the most that are read


class Vocabulary(Protocol):
    """What the searched texts contain."""

    def knows(self, word: str) -> bool:
        """Whether it is a word of theirs."""

    def knows_start(self, start: str) -> bool:
        """Whether a word of theirs begins so."""

    def knows_number(self, start: str) -> bool:
        """Whether the number of a document that they name begins so."""

    def most_fitting(self, readings: Sequence[Reading]) -> Reading:
        """The reading that finds most."""


def understand(text: str, everyday: tuple[EverydayWord, ...], vocabulary: Vocabulary) -> Understanding:
    """The readings of a text; whatever is typed can be read."""
    readable = text[:_MOST_CHARACTERS].encode(errors="ignore").decode()
    typed = list(_units(clean(readable), vocabulary))
    units = typed[:MOST_WORDS]
    runs = list(_everyday_runs([unit.word for unit in units], everyday))
    explained = {place for start, end, _ in runs for place in range(start, end)}
    literal, corrected = _corrected(units, explained, vocabulary)
    readings = islice(_replaced(units, runs), _MOST_READINGS)
    return Understanding(
        literal=literal,
        others=tuple(reading for reading in readings if reading != literal),
        is_marked=any(unit.word.is_marked for unit in units),
        corrected=corrected,
        explained=tuple(
            (" ".join(unit.word.text for unit in units[start:end]), meaning)
            for start, end, entry in runs
            for meaning in entry.means
        ),
        unknown=tuple(dict.fromkeys(_unknown(literal, units, explained, vocabulary))),
        ignored=len(typed) - len(units),
    )


def _unknown(
    literal: Reading, units: Sequence[Unit], explained: set[int], vocabulary: Vocabulary
) -> Iterator[str]:
    for place, unit in enumerate(units):
        is_literal = unit in literal and unit.kind == "word" and place not in explained
        if is_literal and not vocabulary.knows(unit.word.folded):
            yield unit.word.text


def where_found(
    understanding: Understanding, name: str, code: str, parts: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """The (part, entry) that has the words one after the other; else the fewest with all that name and code have not.

    Of a long entry, what stands around the words.
    """
    entries = [(part, entry) for part, found in parts.items() for entry in found]
    phrase = [one for one in entries if _is_phrase(understanding.literal, one[1])]
    if phrase:
        part, entry = min(phrase, key=lambda one: len(one[1]))
        return [(part, _excerpt(understanding.literal, entry))]
    own, numbers = {word.folded for word in read_words(name)}, document_numbers(name)
    for reading in (understanding.literal, *understanding.others):
        missing = {unit for unit in reading if not unit.is_in(own, numbers) and not _is_in_code(unit, code)}
        chosen = _covering(missing, entries)
        if chosen is not None:
            return [(part, _excerpt(missing, entry)) for part, entry in chosen]
    return []


def _is_phrase(reading: Reading, entry: str) -> bool:
    wanted = " ".join(unit.word.folded for unit in reading)
    is_whole = all(unit.kind == "word" for unit in reading)
    return is_whole and len(reading) > 1 and f" {wanted} " in f" {folded_text(entry)} "


def _covering(units: set[Unit], entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """The fewest entries that have all the units, the shortest of equals; None where there are none."""
    chosen: list[tuple[str, str]] = []
    has = {one: _found_in(units, one[1]) for one in entries}
    while units:
        best = max(entries, key=lambda one: (len(has[one] & units), -len(one[1])), default=None)
        if best is None or not has[best] & units:
            return None
        chosen.append(best)
        units = units - has[best]
    return chosen


def _excerpt(units: Iterable[Unit], entry: str) -> str:
    """Where most of the words stand close together."""
    chunks = entry.split()
    if len(chunks) <= _EXCERPT:
        return entry
    has = [_found_in(units, chunk) for chunk in chunks]
    starts = [place for place, found in enumerate(has) if found]
    best = max(starts, key=lambda start: (len(set().union(*has[start : start + _EXCERPT])), start), default=0)
    start = max(0, min(best - _BEFORE, len(chunks) - _EXCERPT))
    shown = " ".join(chunks[start : start + _EXCERPT])
    return ("… " if start else "") + shown + (" …" if start + _EXCERPT < len(chunks) else "")


def _found_in(units: Iterable[Unit], entry: str) -> set[Unit]:
    words = {word.folded for word in read_words(entry)}
    numbers = document_numbers(entry)
    return {unit for unit in units if unit.is_in(words, numbers)}


def _is_in_code(unit: Unit, code: str) -> bool:
    wanted = split_code(unit.word.folded)[0]
    return unit.word.has_digit and (
        code.lower().startswith(wanted) or code.lower().endswith(unit.word.folded)
    )


def _units(text: str, vocabulary: Vocabulary) -> Iterator[Unit]:
    for chunk in text.split():
        number = number_key(chunk) if "/" in chunk and chunk[0].isdigit() else ""
        if number and vocabulary.knows_number(number):
            yield Unit(Word(number, number), "number")
            continue
        for word in read_words(chunk):
            is_start = not vocabulary.knows(word.folded) and vocabulary.knows_start(word.folded)
            yield Unit(word, "start" if is_start else "word")


def _everyday_runs(
    words: Sequence[Word], everyday: tuple[EverydayWord, ...]
) -> Iterator[tuple[int, int, EverydayWord]]:
    """Where everyday words stand in a text, the longest first."""
    known = _everyday(everyday)
    place = 0
    while place < len(words):
        for spelled, entry in known.get(words[place].folded, ()):
            typed = words[place : place + len(spelled)]
            if len(typed) == len(spelled) and all(map(_may_mean, typed, spelled)):
                yield place, place + len(spelled), entry
                place += len(spelled)
                break
        else:
            place += 1


def _may_mean(typed: Word, spelled: Word) -> bool:
    """`so` may mean `sổ`, `sơ` may not."""
    return typed.folded == spelled.folded and (not typed.is_marked or typed.exact == spelled.exact)


@lru_cache(maxsize=4)
def _everyday(
    entries: tuple[EverydayWord, ...],
) -> dict[str, list[tuple[tuple[Word, ...], EverydayWord]]]:
    """Everyday words by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[Word, ...], EverydayWord]]] = {}
    for entry in entries:
        for spelling in entry.words:
            words = tuple(read_words(spelling))
            found.setdefault(words[0].folded, []).append((words, entry))
    for spellings in found.values():
        spellings.sort(key=lambda one: -len(one[0]))
    return found


def _replaced(units: Sequence[Unit], runs: Sequence[tuple[int, int, EverydayWord]]) -> Iterator[Reading]:
    """The text with each everyday word replaced by one of its meanings, in every combination."""
    if not runs:
        return
    for meanings in product(*(entry.means for _, _, entry in runs)):
        reading: list[Unit] = []
        place = 0
        for (start, end, _), meaning in zip(runs, meanings, strict=True):
            reading += [*units[place:start], *map(Unit, read_words(meaning))]
            place = end
        yield (*reading, *units[place:])


def _corrected(
    units: Sequence[Unit], explained: set[int], vocabulary: Vocabulary
) -> tuple[Reading, tuple[tuple[str, str], ...]]:
    """The units with unknown words replaced by the known ones that find most beside the other words."""
    places = [
        place
        for place, unit in enumerate(units)
        if place not in explained and unit.kind == "word" and _may_be_a_slip(unit.word.folded, vocabulary)
    ]
    replaced: dict[int, Reading] = dict.fromkeys(places, ())
    corrections = []
    for place in places[:_MOST_SLIPS]:
        candidates = list(_candidates(units[place].word.folded, vocabulary))
        if not candidates:
            continue

        def beside(reading: Reading, here: int = place) -> Reading:
            others = replaced | {here: reading}
            return tuple(one for at, unit in enumerate(units) for one in others.get(at, (unit,)))

        best = vocabulary.most_fitting([beside(candidate) for candidate in candidates])
        replaced[place] = next(one for one in candidates if beside(one) == best)
        searched = " ".join(unit.word.folded for unit in replaced[place])
        corrections.append((units[place].word.text, searched))
    literal = [one for at, unit in enumerate(units) for one in (replaced.get(at) or (unit,))]
    return tuple(literal), tuple(corrections)


def _may_be_a_slip(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) >= _SHORTEST_SLIP and word.isalpha() and not vocabulary.knows(word)


def _candidates(word: str, vocabulary: Vocabulary) -> Iterator[Reading]:
    """Known words one slip away, and the two words that a missing space ran together."""
    for one in sorted(_one_slip_away(word)):
        if vocabulary.knows(one):
            yield (Unit(Word(one, one)),)
    for end in range(2, len(word) - 1):
        left, right = word[:end], word[end:]
        if vocabulary.knows(left) and vocabulary.knows(right):
            yield (Unit(Word(left, left)), Unit(Word(right, right)))


def _one_slip_away(word: str) -> set[str]:
    """A letter missing, too many or wrong, or two neighbours in the wrong order."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missing = {left + right[1:] for left, right in splits if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    wrong = {left + letter + right[1:] for left, right in splits if right for letter in ascii_lowercase}
    added = {left + letter + right for left, right in splits for letter in ascii_lowercase}
    return (missing | swapped | wrong | added) - {word}
