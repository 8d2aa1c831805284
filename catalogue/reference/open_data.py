"""Under what names, by whom and under which licence the catalogue is given away."""

from typing import Annotated

from pydantic import StringConstraints

from catalogue.reference.entries import Entry, Text

_Iri = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")]


class Licence(Entry):
    """A licence; until staff have `confirmed` it, it is told to be assumed."""

    uri: _Iri
    name: Text
    confirmed: bool


class OpenData(Entry):
    """`namespace`: what every name in the JSON-LD begins with; `address`: where the server is reached from outside."""

    namespace: Annotated[_Iri, StringConstraints(pattern="/$")]
    address: Annotated[_Iri, StringConstraints(pattern="[^/]$")]
    publisher: Text
    licence: Licence
