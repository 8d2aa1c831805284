"""What this process has done since it started, as Prometheus counts it: requests, runs of pages, incidents, open screens.

Labels come from closed lists (routes, pages, programmes, outcomes): never a path as it was asked for, never a person.
"""

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

# when a series began is no measure: it would double what is sent
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
prometheus_client.ProcessCollector(registry=REGISTRY)
prometheus_client.PlatformCollector(registry=REGISTRY)
prometheus_client.GCCollector(registry=REGISTRY)

_requests = Counter(
    "catalogue_http_requests", "Requests answered.", ("method", "route", "status"), registry=REGISTRY
)
_request_seconds = Histogram(
    "catalogue_http_request_duration_seconds",
    "From a request to the last byte of its answer.",
    ("method", "route"),
    registry=REGISTRY,
    buckets=_SECONDS,
)
_runs = Counter("catalogue_page_runs", "Runs of a page.", ("page", "outcome"), registry=REGISTRY)
_run_seconds = Histogram(
    "catalogue_page_run_duration_seconds",
    "From the begin of a page's run to its end, however it ended.",
    ("page",),
    registry=REGISTRY,
    buckets=_SECONDS,
)
_incidents = Counter(
    "catalogue_incidents",
    "Failures nobody expected, each logged under a number.",
    ("where",),
    registry=REGISTRY,
)
SCREENS = Gauge("catalogue_screens_open", "Browser tabs that are connected.", registry=REGISTRY)
for _where in ("page", "request"):
    _incidents.labels(_where)


def request_ended(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request; `route` is a template of ours."""
    _requests.labels(method, route, status).inc()
    _request_seconds.labels(method, route).observe(seconds)


def page_ran(page: str, outcome: str, seconds: float) -> None:
    """Count a run of a page, named as in the menu: done, stopped (by itself or by its reader), rerun, failed."""
    _runs.labels(page, outcome).inc()
    _run_seconds.labels(page).observe(seconds)


def incident(where: str) -> None:
    """Count a failure that nobody expected, of a page or of a request."""
    _incidents.labels(where).inc()
