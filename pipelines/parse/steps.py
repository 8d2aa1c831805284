"""The steps of a procedure, one by one where the source numbers them from 1 on without a gap."""

import re
from itertools import pairwise

from catalogue.model.quality import Problem
from pipelines.parse.words import Parsed, excerpt, paragraphs

_STEP = re.compile(r"^(?:[-+*• ]{1,4}|[a-zđ\d]{1,2}[.)]\s*)?Bước\s*(\d{1,2})\b", re.MULTILINE | re.IGNORECASE)
_FIRST = re.compile(r"\bBước\s*0?1\s*[:.]")


def steps(text: str) -> Parsed[list[str]]:
    """The steps, after what stands before the first; one text in paragraphs where they are not numbered in order."""
    words = paragraphs(text)
    if not words:
        return Parsed([])
    found = list(_STEP.finditer(words))
    numbers = [int(match[1]) for match in found]
    places = [match.start() for match in found]
    # The first step often follows the heading on its own line.
    if numbers[:1] == [2] and (first := _FIRST.search(words, 0, places[0])):
        numbers, places = [1, *numbers], [first.start(), *places]
    if not numbers:
        return Parsed([words])
    if numbers != list(range(1, len(numbers) + 1)):
        said = ", ".join(map(str, numbers))
        return Parsed([words], (Problem("steps_unclear", "steps", excerpt(said)),))
    bounds = [0, *places, len(words)]
    each = (words[start:end].strip() for start, end in pairwise(bounds))
    return Parsed([step for step in each if step])
