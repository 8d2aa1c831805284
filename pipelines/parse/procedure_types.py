"""The type of a procedure: words that a source writes in several ways for one type."""

from collections.abc import Mapping

from catalogue.model.quality import Problem
from catalogue.text import clean
from pipelines.parse.words import Parsed, excerpt, said


def procedure_type(text: str, known: Mapping[str, str]) -> Parsed[str]:
    """The type by the declared spellings (the source's words -> ours); other words are kept as they stand and said."""
    words = said(text)
    ours = {clean(spelling).casefold(): name for spelling, name in known.items()}.get(words.casefold())
    if ours is not None or not words:
        return Parsed(ours or "")
    return Parsed(words, (Problem("procedure_type_unknown", "procedure_type", excerpt(words)),))
