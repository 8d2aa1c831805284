"""What a list of items was narrowed by, in words."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

_T = Translator("vi")
_WORDS = {
    "progress": "item.progress_",
    "deadline_state": "deadline.",
    "promise": "promise.outcome_",
    "from_level": "decentralisation.level_",
    "to_level": "decentralisation.level_",
    "given_to": "decentralisation.level_",
    "form": "decentralisation.form_",
}


def words(
    installation: Installation, moment: Moment, wanted: ItemFilter, number_of: Mapping[int, str]
) -> list[tuple[str, str]]:
    """(what, value) of each filter that is set; `number_of`: the numbers of assigning documents by their ids."""
    reference = installation.reference
    measures = {one.code: one.name_vi for one in reference.measures}
    special: dict[str, Callable[[Any], str]] = {
        "agency": lambda code: reference.lead(code).name_on(moment.organised_on),
        "assigned_to": lambda code: reference.lead(code).name_on(moment.as_of),
        "assigned_by": lambda code: number_of.get(code, str(code)),
        "measure_type": lambda code: measures.get(code, code),
        "document_id": lambda code: _document(installation, moment, code),
        "items": lambda ids: _T.number(len(ids)),
        "since": _T.day,
    }
    said = []
    for one in fields(ItemFilter):
        value = getattr(wanted, one.name)
        if value in (None, False, "") or (one.name == "with_groups" and not wanted.agency):
            continue
        told = special.get(one.name, lambda value, name=one.name: _told(name, value))
        said.append((_T(f"item_book.filter_{one.name}"), told(value)))
    return said


def _told(name: str, value: Any) -> str:
    if value is True:
        return _T("item_book.is_set")
    key = f"{_WORDS.get(name, f'item_book.{name}_')}{value}"
    return _T(key) if _T.has(key) else str(value)


def _document(installation: Installation, moment: Moment, document_id: int) -> str:
    found = installation.database.known_row(
        "instruments/get", document_id=document_id, as_of=moment.as_of, revision=moment.revision
    )
    return str(found["title"]) if found else str(document_id)
