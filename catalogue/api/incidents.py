"""Failures that nobody expected: logged under a number, which is all that the person or program in front of them is told."""

import logging
import secrets
from typing import Literal

from catalogue.api import counts

_log = logging.getLogger(__name__)


def note(error: BaseException, where: Literal["page", "request"]) -> str:
    """Log a failure, count it, and return its number."""
    number = secrets.token_hex(4)
    counts.incident(where)
    _log.error("incident %s", number, exc_info=error, extra={"incident": number})
    return number
