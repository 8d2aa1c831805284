"""Finished charts kept by what they show: the same numbers in the same words are drawn once, for everybody."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import polars as pl

from catalogue.i18n import Translator

_MOST = 200
_charts: OrderedDict[tuple[str, ...], Any] = OrderedDict()
_lock = threading.Lock()

P = ParamSpec("P")


def kept(draw: Callable[P, Any]) -> Callable[P, Any]:
    """Keep what a function draws from frames, frozen dataclasses, plain values and a translator; the chart is only read."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Any:
        key = (draw.__module__, draw.__qualname__, *map(_content, args))
        key += tuple(f"{name}={_content(value)}" for name, value in sorted(kwargs.items()))
        with _lock:
            if key in _charts:
                _charts.move_to_end(key)
                return _charts[key]
        chart = draw(*args, **kwargs)
        with _lock:
            _charts[key] = chart
            while len(_charts) > _MOST:
                _charts.popitem(last=False)
        return chart

    return drawn


def _content(value: object) -> str:
    if isinstance(value, pl.DataFrame):
        return hashlib.sha256(value.write_ipc(None).getvalue()).hexdigest()
    return value.language if isinstance(value, Translator) else repr(value)
