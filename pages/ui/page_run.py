"""One run of a page: counted, timed and logged, however it ends."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit.runtime.scriptrunner import RerunException, StopException

from catalogue import logs
from catalogue.api import counts

_log = logging.getLogger(__name__)


@dataclass
class Run:
    """What is known of it so far. `page`: as the menu names it."""

    page: str = "unknown"


@contextmanager
def measured() -> Iterator[Run]:
    """Put this around the whole run.

    Its request id stays with the thread afterwards, so that the incident that a failure becomes is logged under it.
    """
    logs.begin(logs.Work())
    began, run, outcome = time.perf_counter(), Run(), "failed"
    try:
        yield run
        outcome = "done"
    except StopException:
        outcome = "stopped"
        raise
    except RerunException:
        outcome = "rerun"
        raise
    finally:
        seconds = time.perf_counter() - began
        counts.page_ran(run.page, outcome, seconds)
        said = {"page": run.page, "outcome": outcome, "duration_ms": round(seconds * 1000, 1)}
        _log.info("page run", extra=said)
