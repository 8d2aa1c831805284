"""The content of a procedure at list level, and the words it is found by."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache

from catalogue.text import words

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def list_content_hash(
    name: str, field_text: str | None, issuing_agency_text: str | None, implementing_agencies: Iterable[str]
) -> str:
    """What a national list says of a procedure, as one hash; the order of the implementing agencies does not matter."""
    content = [name, field_text, issuing_agency_text, sorted(implementing_agencies)]
    return hashlib.sha256(_ENCODER.encode(content).encode()).hexdigest()


def search_text(code: str, name: str, field: str | None) -> str:
    """Folded words of code, name and field, between spaces: ` 1.000001 cap giay phep `."""
    return " ".join(("", *words(f"{code} {name}"), *_field_words(field or ""), ""))


@lru_cache(maxsize=1024)
def _field_words(field: str) -> list[str]:
    return words(field)
