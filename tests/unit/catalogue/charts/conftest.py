"""Every chart that these tests draw is held to the schema, which the product leaves out for speed."""

from collections.abc import Iterator

import pytest
from altair.utils import schemapi

from catalogue.charts import kept


@pytest.fixture(autouse=True)
def held_to_the_schema() -> Iterator[None]:
    kept._charts.clear()  # drawn elsewhere without it
    schemapi.enable_debug_mode()
    yield
    schemapi.disable_debug_mode()
