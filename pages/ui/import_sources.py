"""The sources of imports: which a person may bring, and what they are called."""

from functools import cache
from typing import Any

from catalogue.errors import NotFound
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from pipelines.sources import Source, Text, load_source, source_names

get = cache(load_source)


def open_to(actor: Actor) -> dict[str, Source]:
    """The sources this person may bring, by name, whole lists first; an editor brings those made for agencies."""
    found = dict(sorted(((name, get(name)) for name in every()), key=lambda item: not item[1].lists_all))
    if actor.has(Right.DECIDE_IMPORTS):
        return found
    return {name: source for name, source in found.items() if source.for_agencies}


def every() -> tuple[str, ...]:
    """The sources of procedures, then those of scores."""
    return (*source_names(), *source_names("indicators"))


def kind(name: str) -> str:
    """What the rows of a source are; procedures where there is no such source any more."""
    try:
        return get(name).kind
    except NotFound:
        return "procedures"


def text(source: str, key: str, t: Translator, **values: Any) -> str:
    """A text of the imports page, in the words for scores where a source brings scores and they have some."""
    own = f"indicator_import.{key}"
    return t(own if kind(source) == "indicators" and t.has(own) else f"imports.{key}", **values)


def title(name: str, t: Translator) -> str:
    """What a source is called; its bare name where there is no such source any more."""
    try:
        return said(get(name).title, t)
    except NotFound:
        return name


def said(text: Text, t: Translator) -> str:
    """A label of a source in the reader's language."""
    return text.vi if t.language == "vi" else text.en
