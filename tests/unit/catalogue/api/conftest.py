"""The open data under /api as one application for all tests, which answers from the installation of the running one."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue import bootstrap
from catalogue.api import open_data
from catalogue.services.installation import Installation
from tests.reporting import System


@pytest.fixture(scope="session")
def open_data_client() -> Iterator[TestClient]:
    """A client of what is mounted; it needs an installation in use (fixture `demo` or `empty`)."""
    with TestClient(Starlette(routes=open_data.routes(bootstrap.current))) as client:
        yield client


@pytest.fixture
def system(demo: Installation, open_data_client: TestClient) -> System:
    """The system of Bộ Y tế."""
    return System.of(demo, open_data_client)
