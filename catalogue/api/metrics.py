"""GET /metrics, as Prometheus reads it: what `counts` has counted, and how the installation is at this moment.

It tells of no person, but of how much goes on: this machine alone may read it, or whoever brings the token of the settings.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from ipaddress import ip_address

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from catalogue.api.counts import REGISTRY
from catalogue.services import vitals
from catalogue.services.installation import Installation
from catalogue.services.vitals import Vitals
from catalogue.settings import Settings
from catalogue.store import write_outcome

_KEPT_SECONDS = 5.0
_PATIENCE_SECONDS = 2.0  # with a database that is busy; Prometheus itself waits ten
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_NO_STORE = {"Cache-Control": "no-store"}
_log = logging.getLogger(__name__)


def routes(get: Callable[[], Installation]) -> list[Route]:
    """GET /metrics: 401 without the right token where there is one, else 403 for everybody but this machine."""
    watch = _Watch(get)

    async def metrics(request: Request) -> Response:
        token = watch.settings().metrics_token
        secret = token.get_secret_value() if token else ""
        if secret and not _brings(request, secret):
            return PlainTextResponse("unauthorized", 401, {**_NO_STORE, "WWW-Authenticate": "Bearer"})
        if not secret and not _is_here(request):
            return PlainTextResponse("forbidden", 403, _NO_STORE)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        content = encode(_Families(await watch.vitals(), watch.writes()))
        return Response(content, 200, {**_NO_STORE, "Content-Type": media_type})

    return [Route("/metrics", metrics)]


def _brings(request: Request, secret: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and secrets.compare_digest(given.strip().encode(), secret.encode())


def _is_here(request: Request) -> bool:
    """Whether a program on this machine asks for itself: what a proxy passes on comes from this machine too, and says so."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback and not any(name in request.headers for name in _FORWARDED)


class _Watch:
    """Looks at the installation in a thread of its own, at most every few seconds, and does not wait for it for long."""

    def __init__(self, get: Callable[[], Installation]) -> None:
        self._get = get
        self._thread = ThreadPoolExecutor(1, "metrics")
        self._look: Future[Vitals] | None = None
        self._looked = 0.0

    def settings(self) -> Settings:
        try:
            return self._get().settings
        except Exception:  # noqa: BLE001 - whatever is broken, who may ask is known
            return Settings()

    def writes(self) -> dict[tuple[str, str], int]:
        try:
            return dict(self._get().database.writes)
        except Exception:  # noqa: BLE001 - nothing was written where nothing could be opened
            return {}

    async def vitals(self) -> Vitals | None:
        """How the installation is, or None when it does not say so in time."""
        now = time.monotonic()
        if self._look is None or (self._look.done() and now - self._looked > _KEPT_SECONDS):
            self._looked = now
            self._look = self._thread.submit(lambda: vitals.read(self._get()))
        try:
            return await asyncio.wait_for(
                asyncio.shield(asyncio.wrap_future(self._look)), timeout=_PATIENCE_SECONDS
            )
        except Exception:  # noqa: BLE001 - a scrape answers, whatever is broken
            _log.warning("the installation does not answer", exc_info=True)
            return None


class _Families(Collector):
    """Everything that one answer holds."""

    def __init__(self, found: Vitals | None, writes: dict[tuple[str, str], int]) -> None:
        self._found = found
        self._writes = writes

    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()
        yield from _of_writes(self._writes)
        yield _gauge("catalogue_up", "Whether the database answers.", float(self._found is not None))
        if self._found is not None:
            yield from _of_vitals(self._found)


def _of_writes(writes: dict[tuple[str, str], int]) -> Iterator[Metric]:
    ended = CounterMetricFamily(
        "catalogue_write_transactions",
        "Write transactions by how they ended; recorded: with a revision of their own.",
        labels=("kind", "outcome"),
    )
    for kind in write_outcome.KINDS:
        for outcome in write_outcome.OUTCOMES:
            ended.add_metric((kind, outcome), writes.get((kind, outcome), 0))
    conflicts = CounterMetricFamily(
        "catalogue_write_conflicts",
        "Write transactions that somebody else's write broke off.",
        labels=("reason",),
    )
    for reason in write_outcome.CONFLICTS:
        conflicts.add_metric((reason,), sum(writes.get((kind, reason), 0) for kind in write_outcome.KINDS))
    yield from (ended, conflicts)


def _of_vitals(found: Vitals) -> Iterator[Metric]:
    waiting = GaugeMetricFamily(
        "catalogue_claims_waiting", "Submitted claims that nobody has decided yet.", labels=("programme",)
    )
    for programme, claims in found.waiting.items():
        waiting.add_metric((programme,), claims)
    size = GaugeMetricFamily("catalogue_database_size_bytes", "The database on disk.", labels=("part",))
    size.add_metric(("file",), found.file_bytes)
    size.add_metric(("log",), found.log_bytes)
    yield from (waiting, size)
    yield _gauge("catalogue_revision", "The last revision recorded.", found.revision)
    yield _gauge(
        "catalogue_sessions_open", "People signed in: sessions neither ended nor expired.", found.sessions
    )
    if found.oldest_waiting:
        yield _gauge(
            "catalogue_oldest_claim_waiting_timestamp_seconds",
            "Since when the oldest of the waiting claims waits.",
            found.oldest_waiting.timestamp(),
        )
    if found.last_backup:
        yield _gauge(
            "catalogue_last_backup_timestamp_seconds",
            "When the newest copy in the backups folder was made.",
            found.last_backup.timestamp(),
        )


def _gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_text, value=value)
