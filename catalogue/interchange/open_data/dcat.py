"""The DCAT-AP record of what is given away: data sets, their files with stable addresses, licence and dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.i18n import LANGUAGES, texts
from catalogue.interchange.open_data.forms import (
    CATALOGUE,
    DICTIONARY,
    content_type,
    data_sets,
    forms,
    media_type,
)
from catalogue.interchange.open_data.names import CPSV_AP, PREFIXES, VIETNAM, VIETNAMESE, Node, segment
from catalogue.interchange.open_data.record import Body
from catalogue.interchange.open_data.service import known
from catalogue.interchange.open_data.tables import tables

DCAT_AP = "http://data.europa.eu/r5r/"
SHAPES = f"{CPSV_AP}shacl/cpsv-ap-SHACL.ttl"

_IANA = "https://www.iana.org/assignments/media-types/"
_GOVERNMENT = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
_TYPED = {
    **dict.fromkeys(("dct:issued", "dct:modified"), "xsd:date"),
    **dict.fromkeys(
        (
            "dcat:accessURL", "dcat:dataset", "dcat:distribution", "dcat:downloadURL", "dcat:endpointDescription",
            "dcat:endpointURL", "dcat:mediaType", "dcat:packageFormat", "dcat:servesDataset", "dcat:service", "dcat:theme",
            "dct:conformsTo", "dct:isPartOf", "dct:language", "dct:license", "dct:publisher", "dct:rights",
            "dct:spatial", "foaf:page",
        ),
        "@id",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Published:
    """What all data sets have in common.

    `address`: the server as seen from outside; `query`: what pins the files to a moment, "" for what stands now;
    `version`: names the moment; `notes`: keys of texts on it.
    """

    namespace: str
    address: str
    query: str
    publisher: Body
    licence: str
    licence_name: str
    is_licence_confirmed: bool
    issued_on: date | None
    modified_on: date | None
    version: str
    notes: tuple[str, ...] = ()


def record(published: Published) -> Node:
    """The catalogue of data sets as one JSON-LD document."""
    return {
        "@context": {
            "@base": published.namespace,
            **PREFIXES,
            **{key: {"@id": key, "@type": kind} for key, kind in _TYPED.items()},
        },
        "@graph": list(_nodes(published)),
    }


def file_address(address: str, name: str, form: str, query: str = "") -> str:
    """Where a file is to be had."""
    return f"{address}/api/v1/exports/{name}.{form}{query}"


def _nodes(published: Published) -> Iterable[Node]:
    yield known(
        {
            "@id": "catalog",
            "@type": "dcat:Catalog",
            "dct:title": _both("export.catalogue_title"),
            "dct:description": _both("export.catalogue_description", *published.notes),
            **_common(published),
            "dct:conformsTo": DCAT_AP,
            "dcat:dataset": [_dataset(name) for name in data_sets()],
            "dcat:service": "service/api",
        }
    )
    for name in data_sets():
        yield known(
            {
                "@id": _dataset(name),
                "@type": "dcat:Dataset",
                "dct:identifier": name,
                "dct:title": _title(name),
                "dct:description": _about(name, published.notes),
                **_common(published),
                "dcat:version": published.version,
                "dcat:theme": _GOVERNMENT,
                # not the other way round: what CPSV-AP takes a data set's parts for are public services
                "dct:isPartOf": None if name == CATALOGUE else _dataset(CATALOGUE),
                "foaf:page": _dictionary(published),
                "dcat:distribution": [_distribution(name, form) for form in forms()[name]],
            }
        )
        yield from (_file(published, name, form) for form in forms()[name])
    yield {
        "@id": "service/api",
        "@type": "dcat:DataService",
        "dct:title": _both("export.api_title"),
        "dct:description": _both("export.api_description"),
        "dct:publisher": _publisher(published),
        "dct:license": published.licence,
        "dcat:endpointURL": f"{published.address}/api/v1",
        "dcat:endpointDescription": f"{published.address}/api/openapi.json",
        "dcat:servesDataset": [_dataset(name) for name in data_sets()],
    }
    yield from _named(published)


def _common(published: Published) -> Node:
    return {
        "dct:publisher": _publisher(published),
        "dct:license": published.licence,
        "dct:language": VIETNAMESE,
        "dct:spatial": VIETNAM,
        "dct:issued": _day(published.issued_on),
        "dct:modified": _day(published.modified_on),
    }


def _file(published: Published, name: str, form: str) -> Node:
    """One file; what a .zip holds is its media type, that it is a .zip its package."""
    address = file_address(published.address, name, form, published.query)
    is_graph = form == "jsonld"
    return known(
        {
            "@id": _distribution(name, form),
            "@type": "dcat:Distribution",
            "dct:title": f"{name}.{form}",
            "dcat:accessURL": address,
            "dcat:downloadURL": address,
            "dcat:mediaType": f"{_IANA}{content_type(form)}",
            "dcat:packageFormat": f"{_IANA}{media_type(form)}" if form.endswith(".zip") else None,
            "dct:license": published.licence,
            "dct:rights": None if published.is_licence_confirmed else "licence-note",
            "dct:issued": _day(published.issued_on),
            "dct:modified": _day(published.modified_on),
            "dct:conformsTo": CPSV_AP if is_graph else None,
            "dct:description": _both("export.namespace_note") if is_graph else None,
        }
    )


def _named(published: Published) -> Iterable[Node]:
    """What the data sets and files name."""
    name = _told({"vi": published.publisher.name})
    yield {
        "@id": _publisher(published),
        "@type": "foaf:Agent",
        "foaf:name": name,
        "dct:identifier": published.publisher.code,
        "dct:title": name,
    }
    yield {
        "@id": _dictionary(published),
        "@type": "foaf:Document",
        "dct:title": _both("export.dictionary_title"),
    }
    yield {"@id": published.licence, "@type": "dct:LicenseDocument", "dct:title": published.licence_name}
    yield {"@id": CPSV_AP, "@type": "dct:Standard", "dct:title": "CPSV-AP 3.2.0", "foaf:page": SHAPES}
    yield {"@id": SHAPES, "@type": "foaf:Document", "dct:title": "CPSV-AP 3.2.0 SHACL"}
    yield {"@id": VIETNAM, "@type": "dct:Location"}
    yield {"@id": VIETNAMESE, "@type": "dct:LinguisticSystem"}
    if not published.is_licence_confirmed:
        yield {
            "@id": "licence-note",
            "@type": "dct:RightsStatement",
            "rdfs:label": _both("export.licence_assumed"),
        }


def _publisher(published: Published) -> str:
    return f"agency/{segment(published.publisher.code)}"


def _dictionary(published: Published) -> str:
    return file_address(published.address, DICTIONARY, "json")


def _dataset(name: str) -> str:
    return f"dataset/{name}"


def _distribution(name: str, form: str) -> str:
    return f"distribution/{name}.{form}"


def _title(name: str) -> list[Node]:
    whole = texts()["export.catalogue_title"]
    return _told(whole if name == CATALOGUE else {one: f"{whole[one]}: {name}" for one in LANGUAGES})


def _about(name: str, notes: Iterable[str]) -> list[Node]:
    if name == CATALOGUE:
        return _both("export.catalogue_description", *notes)
    said = {"vi": tables()[name].vi, "en": tables()[name].en}
    return _told(
        {one: " ".join([f"{said[one]}.", *(texts()[note][one] for note in notes)]) for one in LANGUAGES}
    )


def _both(*keys: str) -> list[Node]:
    return _told({language: " ".join(texts()[key][language] for key in keys) for language in LANGUAGES})


def _told(said: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"@language": language, "@value": text} for language, text in said.items()]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
