"""The catalogue as one JSON-LD graph, written batch by batch."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from catalogue.i18n import Translator
from catalogue.interchange.open_data.dictionary import terms
from catalogue.interchange.open_data.files import Pieces
from catalogue.interchange.open_data.names import (
    CATALOGUE,
    CPSV_AP,
    VIETNAM,
    VIETNAMESE,
    Node,
    Shared,
    context,
)
from catalogue.interchange.open_data.record import Batches, Body
from catalogue.interchange.open_data.service import known, service


@dataclass(frozen=True)
class About:
    """What the graph says of itself: its namespace, who publishes it under which licence, and the moment it describes."""

    namespace: str
    publisher: Body
    licence: str
    title: str
    description: str
    as_of: date
    known_at: date | None
    revision: int


def graph_pieces(about: About, batches: Batches, counts: Counter[str]) -> Pieces:
    """One JSON-LD document; procedures are counted.

    What procedures share stands once in each batch: all that is said of it follows from its name, so the graph is the same.
    """
    t = Translator("vi")
    shared = Shared(t)
    head = [*_head(about, shared), *shared.nodes.values()]
    yield b'{"@context":' + orjson.dumps(context(about.namespace)) + b',\n"@graph":[\n' + _written(head)
    for batch in batches:
        shared = Shared(t)
        nodes = [service(record, shared) for record in batch]
        counts["procedures"] += len(nodes)
        yield b",\n" + _written([*nodes, *shared.nodes.values()])
    yield b"\n]}\n"


def _written(nodes: Sequence[Node]) -> bytes:
    return b",\n".join(map(orjson.dumps, nodes))


def _head(about: About, shared: Shared) -> list[Node]:
    """The data set, who publishes it, where and in which language, and the terms that are not CPSV-AP's."""
    return [
        known(
            {
                "@id": CATALOGUE,
                "@type": "dcat:Dataset",
                "dct:title": about.title,
                "dct:description": about.description,
                "dct:publisher": shared.organisation(None, about.publisher),
                "dct:license": about.licence,
                "dct:conformsTo": CPSV_AP,
                "tthc:asOf": about.as_of.isoformat(),
                "tthc:knownAt": about.known_at.isoformat() if about.known_at else None,
                "tthc:revision": about.revision,
            }
        ),
        {"@id": VIETNAM, "@type": "dct:Location"},
        {"@id": VIETNAMESE, "@type": "dct:LinguisticSystem"},
        *(_term(term) for term in terms()),
    ]


def _term(term: dict[str, str]) -> dict[str, Any]:
    is_class = term["is"] == "class"
    return known(
        {
            "@id": f"tthc:{term['term']}",
            "@type": "rdfs:Class" if is_class else "rdf:Property",
            "rdfs:label": term["term"],
            "rdfs:comment": [
                {"@language": "vi", "@value": term["vi"]},
                {"@language": "en", "@value": term["en"]},
            ],
            "rdfs:domain": term.get("on"),
            "rdfs:range": term.get("range"),
        }
    )
