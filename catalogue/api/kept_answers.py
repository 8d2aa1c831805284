"""Answers that were made, kept by their validator and their address: the same question at the same moment is answered once."""

import threading
from collections import OrderedDict

from starlette.responses import Response

_MOST_BYTES = 32 * 2**20
_LARGEST, _LONGEST = 2**20, 2_000  # a larger answer, or one to a longer address, is made anew
_OVERHEAD = 2_000  # bytes of an entry beside its body and its address


class KeptAnswers:
    """Bodies with their headers, the longest unused of which go first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], tuple[bytes, dict[str, str], str]] = OrderedDict()
        self._bytes = 0

    def find(self, etag: str, query: str) -> Response | None:
        """The answer that was given under a validator to the same address."""
        with self._lock:
            held = self._held.get((etag, query))
            if held is None:
                return None
            self._held.move_to_end((etag, query))
        body, headers, media_type = held
        return Response(body, 200, headers, media_type)

    def keep(self, etag: str, query: str, body: bytes, headers: dict[str, str], media_type: str) -> Response:
        """The answer, and keep it."""
        if len(body) <= _LARGEST and len(query) <= _LONGEST:
            with self._lock:
                before = self._held.pop((etag, query), None)
                self._bytes += _size(query, body) - (_size(query, before[0]) if before else 0)
                self._held[etag, query] = (body, headers, media_type)
                while self._bytes > _MOST_BYTES:
                    (_, address), (oldest, _, _) = self._held.popitem(last=False)
                    self._bytes -= _size(address, oldest)
        return Response(body, 200, headers, media_type)


def _size(query: str, body: bytes) -> int:
    return len(body) + len(query) + _OVERHEAD
