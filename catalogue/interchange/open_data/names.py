"""Names of things in the JSON-LD: where they stand below our namespace, what the context makes of keys, what is shared."""

from functools import cache
from typing import Any
from urllib.parse import quote

from catalogue.i18n import Translator
from catalogue.interchange.open_data.record import Body

Node = dict[str, Any]

CPSV_AP = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"
VIETNAM = "http://publications.europa.eu/resource/authority/country/VNM"
VIETNAMESE = "http://publications.europa.eu/resource/authority/language/VIE"
CATALOGUE = "dataset/catalogue"

_CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TEXTS = (
    "dct:title", "dct:description", "skos:prefLabel", "dcat:keyword", "tthc:receivingAddress", "tthc:relatedProcedure",
    "tthc:dossierCase", "tthc:formName",
)  # fmt: skip
_LINKS = (
    "adms:status", "cpsv:follows", "cpsv:hasInput", "cpsv:implements", "cpsv:produces", "cv:currency", "cv:fulfils",
    "cv:hasChannel", "cv:hasCompetentAuthority", "cv:hasCost", "cv:hasLegalResource", "cv:hasParticipant",
    "cv:hasParticipation", "cv:holdsRequirement", "cv:ifAccessedThrough", "cv:isDefinedBy", "cv:role", "cv:thematicArea",
    "dct:audience", "dct:conformsTo", "dct:isPartOf", "dct:language", "dct:license", "dct:publisher", "dct:spatial",
    "dct:type", "rdfs:domain", "rdfs:range", "tthc:answeringAgency", "tthc:level", "tthc:publicationDecision",
    "tthc:timeUnit",
)  # fmt: skip
_TYPED = {
    "cv:hasValue": "xsd:double",
    "cv:processingTime": "xsd:duration",
    "dct:issued": "xsd:date",
    "dct:modified": "xsd:date",
    "tthc:asOf": "xsd:date",
    "tthc:effectiveDate": "xsd:date",
    "tthc:knownAt": "xsd:date",
    "tthc:timeValue": "xsd:decimal",
}


def context(namespace: str) -> Node:
    """The context: names are below the namespace, texts Vietnamese, links links, numbers of the type that the shapes ask."""
    return {
        "@base": namespace,
        **PREFIXES,
        "tthc": f"{namespace}vocabulary#",
        **{key: {"@id": key, "@language": "vi"} for key in _TEXTS},
        **{key: {"@id": key, "@type": "@id"} for key in _LINKS},
        **{key: {"@id": key, "@type": kind} for key, kind in _TYPED.items()},
    }


def segment(text: str) -> str:
    """A text as one segment of an IRI, another one for every other text: `Hộ tịch` -> `Hộ_tịch`."""
    return "".join(map(_written, text)) if text.strip(".") else "%2E" * len(text)


@cache
def _written(letter: str) -> str:
    if letter == " ":
        return "_"
    return letter if letter.isalnum() or letter in "-." else f"{quote(letter, safe='')}".replace("_", "%5F")


class Shared:
    """What several procedures name: concepts, organisations, places; each once, by its name.

    What is said of one follows from its name alone, so that it may be written again with the next batch.
    """

    def __init__(self, t: Translator) -> None:
        self.t = t
        self.nodes: dict[str, Node] = {}

    def concept(self, scheme: str, text: str, label: str | None = None) -> str:
        """A value of a list as a concept; returns its name."""
        name = f"{scheme}/{segment(text)}"
        if name not in self.nodes:
            self.nodes[name] = {"@id": name, "@type": "skos:Concept", "skos:prefLabel": label or text}
        return name

    def currency(self, code: str) -> str:
        """A currency by its ISO 4217 code, as the European authority table names it."""
        name = _CURRENCY + segment(code)
        key = f"export.currency_{code}"
        label = self.t(key) if self.t.has(key) else code
        self.nodes[name] = {
            "@id": name,
            "@type": "skos:Concept",
            "skos:notation": code,
            "skos:prefLabel": label,
        }
        return name

    def organisation(self, text: str | None, body: Body | None) -> str:
        """An agency that is known, or by the name that a source gives it; without either, one that is said to be unknown."""
        if body is not None:
            name, identifier, label = f"agency/{segment(body.code)}", body.code, body.name
        elif text is not None:
            name, identifier, label = f"agency/name/{segment(text)}", text, text
        else:
            name, identifier, label = "agency/unknown", "unknown", self.t("export.agency_unknown")
        if name not in self.nodes:
            place = body.place if body else None
            self.nodes[name] = {
                "@id": name,
                "@type": ["cv:PublicOrganisation", "org:Organization", "foaf:Agent"],
                "dct:identifier": identifier,
                "dct:title": label,
                "skos:prefLabel": label,
                "dct:spatial": VIETNAM if place is None else self._place(place),
            }
        return name

    def _place(self, text: str) -> str:
        name = f"place/{segment(text)}"
        self.nodes[name] = {"@id": name, "@type": "dct:Location", "skos:prefLabel": text}
        return name
