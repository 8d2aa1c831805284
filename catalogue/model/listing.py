"""One procedure as one source says it, on its way into the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.model.content import Content
from catalogue.model.quality import Problem


@dataclass(frozen=True)
class Listed:
    """`content`: what the source says, in the shapes of `model.content`; `raw`: its own words by its own headings."""

    row: int
    procedure_code: str
    content: Content
    raw: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
