"""What is said of a procedure, part by part, as plain values that JSON can hold.

A part that is not there is unknown. Shapes (a key inside an entry that is unknown is left out):

name, field_name, issuing_agency_text, procedure_type: text      is_vertical: bool      levels: sorted list of levels
implementing, competent, authorised, cooperating: list of agency names as the source writes them
legal_bases: list of {text, number, issued_on}
steps, addressees, results, keywords, related: list of texts     dossier_sets: number of sets of the dossier
channels: list of {way, time_value, time_unit, time_text, fees: list of {amount_vnd | amount + currency, text}, note}
dossier: list of {case, papers: list of {name, form, originals, copies}}
requirements, description, address, decision_number: text        decision_date, issued_on: ISO dates
time_unit: giờ, ngày, ngày làm việc, tuần, tháng, năm; time_value: a whole number, or text such as 0.5
amount_vnd: whole đồng, 0 is free of charge; amount: text such as 25.5 in another `currency` (ISO 4217)
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

Content = dict[str, Any]

ROLES = ("implementing", "competent", "authorised", "cooperating")
# What is read whole and kept as one JSON value of a version.
DETAILS = (
    "steps",
    "channels",
    "dossier",
    "dossier_sets",
    "addressees",
    "results",
    "requirements",
    "description",
    "keywords",
    "address",
    "related",
    "decision_number",
    "decision_date",
)
PARTS = (
    "name",
    "field_name",
    "issuing_agency_text",
    "levels",
    "is_vertical",
    "procedure_type",
    *ROLES,
    "legal_bases",
    *DETAILS,
)

# Lists that say the same in any order.
_UNORDERED = frozenset({*ROLES, "addressees", "keywords", "related"})
_PLAIN = (str, int, type(None))
_EMPTY = (str, list, dict)
_LISTS = (list, tuple, set, frozenset)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def normal(value: Any) -> Any:
    """The value without anything unknown or empty inside; 0 and False are values."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, _LISTS):
        return [inner for inner in map(normal, value) if inner or not _is_empty(inner)]
    if isinstance(value, (dict, Mapping)):  # the former is asked fast, and is nearly all there is
        kept = {}
        for key, inner in value.items():
            known = normal(inner)
            if known or not _is_empty(known):
                kept[key] = known
        return kept
    return value


def said_of(content: Mapping[str, Any], parts: Collection[str]) -> Content:
    """Some parts of a content in normal form."""
    said = {part: content[part] for part in PARTS if part in parts and part in content}
    return normal(said)  # type: ignore[no-any-return]


def merged(before: Mapping[str, Any], said: Mapping[str, Any], parts: Collection[str]) -> Content:
    """What holds after a source has spoken about `parts`: its word on them, the word before on the rest."""
    kept = {part: value for part, value in before.items() if part in PARTS and part not in parts}
    return normal({**kept, **said_of(said, parts)})  # type: ignore[no-any-return]


def details_text(content: Mapping[str, Any]) -> str:
    """The parts of `DETAILS` as the JSON text of a version."""
    return content_text(content, DETAILS)


def content_text(content: Mapping[str, Any], parts: Collection[str] = PARTS) -> str:
    """Some parts of a content in normal form as JSON text."""
    return _ENCODER.encode(said_of(content, parts))


def comparable(content: Mapping[str, Any], parts: Collection[str] = PARTS) -> str:
    """Some parts of a content as one text that is the same exactly where they say the same."""
    said = said_of(content, parts)
    return _ENCODER.encode(
        {part: sorted(value) if part in _UNORDERED else value for part, value in said.items()}
    )


def content_hash(content: Mapping[str, Any]) -> str:
    """The same for the same content, however its source arranged it."""
    return hashlib.sha256(comparable(content).encode()).hexdigest()


def _is_empty(value: Any) -> bool:
    return value is None or (not value and isinstance(value, _EMPTY))
