"""Where each measure opens to what it counts: as a link that keeps the page's clocks, or as an address with its own."""

from typing import Any
from urllib.parse import urlencode

from catalogue.model.period import Moment
from catalogue.services import figure_members

Place = tuple[str, dict[str, Any]]

BEHIND: dict[str, Place] = {
    "catalogue.total": ("catalogue", {}),
    "catalogue.level.central": ("catalogue", {"level_group": "central"}),
    "catalogue.level.local": ("catalogue", {"level_group": "local"}),
    "catalogue.level.vertical": ("catalogue", {"level_group": "vertical"}),
    "publication.decisions": ("decisions", {}),
    "simplification.agencies_complete": ("agencies", {"programme": "simplification", "show": "complete"}),
    "decentralisation.agencies_complete": (
        "agencies",
        {"programme": "decentralisation", "show": "complete"},
    ),
    "decentralisation.agencies": ("agencies", {"programme": "decentralisation", "show": "started"}),
}
# What lists the items in a state of a measure (services.figures.Measure.above and below).
_LISTED: dict[str, dict[str, Any]] = {
    "base": {},
    "approved": {"progress": "approved"},
    "published": {"progress": "published"},
    "done": {"progress": "done"},
    "due": {"progress": "due"},
    "open": {"progress": "open"},
    "open_in_time": {"progress": "open_in_time"},
    "due_soon": {"deadline": "due_soon"},
    "overdue": {"deadline": "overdue"},
    "done_in_time": {"deadline": "done_in_time"},
}
_NARROWING = ("show", "level_group")  # what makes a numerator of a base


def behind(measure: str) -> Place:
    """The page, and its parameters, that lists what stands above the line."""
    definition = figure_members.measure(measure)
    if definition.above is not None:
        return _list_of(measure), _LISTED[definition.above]
    return BEHIND[measure]


def below(measure: str) -> Place:
    """The page, and its parameters, that lists what stands below the line."""
    definition = figure_members.measure(measure)
    if definition.above is not None:
        return _list_of(measure), _LISTED[definition.over or "base"]
    page, params = BEHIND[measure]
    return page, {name: value for name, value in params.items() if name not in _NARROWING}


def _list_of(measure: str) -> str:
    return measure.split(".")[0]


def address(page: str, moment: Moment, language: str, **params: Any) -> str:
    """The address of a page at its own two clocks, whatever this page stands at."""
    clocks = {"as_of": moment.as_of.isoformat()}
    if moment.known_at is not None:
        clocks["known_at"] = moment.known_at.isoformat()
    if language != "vi":
        clocks["lang"] = language
    return f"/{page}?{urlencode(params | clocks)}"
