"""How often a token may ask: a bucket that fills at a steady pace, in the memory of the one process that serves."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from time import monotonic

from catalogue.errors import CatalogueError

BURST = 120  # requests at once
PER_SECOND = 2.0  # and so many a second for as long as one likes
_MOST_BUCKETS = 10_000  # the longest unused goes first


class TooMany(CatalogueError):
    """The bucket is empty; `seconds` until it holds enough again."""

    code = "api_too_many"


@dataclass(frozen=True)
class Taken:
    """What is left of a bucket. `reset`: whole seconds until it is full; `wait`: until what was asked for fits, 0 where it did."""

    left: int
    reset: int
    wait: int

    @property
    def headers(self) -> Mapping[str, str]:
        """The bucket as headers of an answer (draft-ietf-httpapi-ratelimit-headers-07)."""
        said = {
            "RateLimit-Limit": str(BURST),
            "RateLimit-Remaining": str(self.left),
            "RateLimit-Reset": str(self.reset),
        }
        return said | ({"Retry-After": str(self.wait)} if self.wait else {})


class Buckets:
    """One bucket for each key."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()  # what is in it, and when

    def take(self, key: Hashable, cost: int) -> Taken:
        """Take as much from the key's bucket, or nothing where it does not hold so much."""
        with self._lock:
            now = self._clock()
            level, at = self._levels.pop(key, (float(BURST), now))
            level = min(float(BURST), level + (now - at) * PER_SECOND)
            fits = level >= cost
            wait = 0 if fits else math.ceil((cost - level) / PER_SECOND)
            level -= cost if fits else 0
            self._levels[key] = (level, now)
            while len(self._levels) > _MOST_BUCKETS:
                self._levels.popitem(last=False)
        return Taken(int(level), math.ceil((BURST - level) / PER_SECOND), wait)
