"""What is wrong with a request, place by place: parameters by their names, places of the body by JSON pointers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from catalogue.i18n import Translator
from catalogue.model.claim import ClaimKind

# pydantic's kind of fault -> the text of ours, and the name of its limit
_FAULTS = {
    "date_parsing": ("date", ""),
    "date_from_datetime_parsing": ("date", ""),
    "int_parsing": ("number", ""),
    "int_parsing_size": ("number", ""),
    "greater_than_equal": ("least", "ge"),
    "less_than_equal": ("most", "le"),
    "enum": ("choice", "expected"),
    "literal_error": ("choice", "expected"),
    "string_too_long": ("long", "max_length"),
    "string_too_short": ("empty", ""),
    "extra_forbidden": ("unknown", ""),
    "missing": ("missing", ""),
    "bool_parsing": ("logical", ""),
    "bool_type": ("logical", ""),
    "int_type": ("number", ""),
    "int_from_float": ("number", ""),
    "date_type": ("date", ""),
    "string_type": ("text", ""),
    "string_unicode": ("text", ""),
    "string_pattern_mismatch": ("pattern", "pattern"),
    "list_type": ("list", ""),
    "model_type": ("object", ""),
    "model_attributes_type": ("object", ""),
    "too_long": ("many", "max_length"),
    "too_short": ("few", "min_length"),
    "files_many": ("files_many", "limit"),
    "union_tag_invalid": ("choice", "expected_tags"),
    "union_tag_not_found": ("kind", ""),
    "period": ("period", ""),
    "order": ("order", ""),
}


class Change(BaseModel):
    """Something that others recorded since it was read."""

    kind: ClaimKind | None = Field(None, description="The claim that changed; absent: the item itself.")
    revision: int
    recorded_at: datetime


class Fault(BaseModel):
    """One thing wrong with one part of a request."""

    parameter: str | None = Field(None, description="The parameter it is about.", examples=["as_of"])
    pointer: str | None = Field(
        None,
        description="The place in the body that it is about, as a JSON pointer.",
        examples=["#/updates/3/issued_on"],
    )
    code: str = Field(examples=["date"])
    detail: str = Field(examples=["“2024-02-30” không phải là ngày. Hãy viết dạng 2024-02-29."])
    changes: list[Change] | None = Field(None, description="What others changed since it was read.")


def fault(t: Translator, found: Mapping[str, Any], body: Any) -> Fault:
    """What pydantic found wrong with a request; `body`: what its places are places of."""
    code, limit = _FAULTS.get(found["type"], ("other", ""))
    where, *path = found["loc"]
    value = found.get("input", "")
    shown = _printable(str(value)) if isinstance(value, str | int | float) else ""
    told = t(f"api.fault_{code}", value=shown, limit=str(found.get("ctx", {}).get(limit, "")))
    if where == "body":
        return Fault(pointer=_pointer(path, body, found["type"] == "missing"), code=code, detail=told)
    return Fault(parameter=str(path[-1]) if path else None, code=code, detail=told)


def _pointer(path: Sequence[str | int], body: Any, is_missing: bool) -> str:
    """A place of the body; what pydantic tells of its own choices on the way there is no part of the body."""
    parts: list[str] = []
    for place, part in enumerate(path):
        inside = (isinstance(body, dict) and part in body) or (
            isinstance(body, list) and isinstance(part, int)
        )
        if inside:
            body = body[part]
        if inside or (is_missing and place == len(path) - 1):
            parts.append(_printable(str(part)).replace("~", "~0").replace("/", "~1"))
    return "#" + "".join(f"/{part}" for part in parts)


def _printable(text: str) -> str:
    """The begin of what a client sent; half of a surrogate pair, which JSON can name, is no text that can be sent back."""
    return text[:60].encode(errors="replace").decode()
