"""What is wrong with some demonstration records, as in the real ones: of the kinds that importers meet, never many."""

from collections.abc import Callable
from datetime import date
from typing import Any

from catalogue.model.quality import Problem, problems

_EVERY = 53  # procedures between two flawed ones
_CHANNELS = "channels"
_NOT_SAID = ("addressees", "results")


def is_flawed(code: str, *, is_tracked: bool) -> bool:
    """Whether a record is one of the flawed ones; what an item tracks stays whole."""
    return not is_tracked and _number(code) % _EVERY == 0


def flawed(details: dict[str, Any], code: str) -> dict[str, Any]:
    """The details of a record, spoilt."""
    return _KINDS[_number(code) // _EVERY % len(_KINDS)](details)


def found(content: dict[str, Any], code: str, day: date) -> tuple[Problem, ...]:
    """What a record is flagged with when it is written."""
    return problems(content, code=code, day=day, ended=lambda _text: False)


def _number(code: str) -> int:
    return int(code.replace(".", ""))


def _without_unit(details: dict[str, Any]) -> dict[str, Any]:
    return _each_channel(
        details,
        lambda one: (
            {key: value for key, value in one.items() if key != "time_unit"}
            | {"time_text": str(one["time_value"])}
        ),
    )


def _fee_too_small(details: dict[str, Any]) -> dict[str, Any]:
    fee = {"amount_vnd": 135, "text": "135 VNĐ (Lệ phí: 135.000 đồng/lần)"}
    return _each_channel(details, lambda one: one | {"fees": [fee]})


def _free_beside_amount(details: dict[str, Any]) -> dict[str, Any]:
    fee = {"amount_vnd": 0, "text": "Miễn phí (Phí thẩm định: 200.000 đồng/hồ sơ)"}
    return _each_channel(details, lambda one: one | {"fees": [fee]})


def _silent(details: dict[str, Any]) -> dict[str, Any]:
    return {part: value for part, value in details.items() if part not in _NOT_SAID}


def _each_channel(
    details: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    return details | {_CHANNELS: [change(one) for one in details[_CHANNELS]]}


_KINDS = (_without_unit, _fee_too_small, _silent, _free_beside_amount)
