"""The OpenAPI description: complete, served without any outside asset, and kept by every answer."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient

from catalogue import bootstrap
from catalogue.api.application import ROUTERS, build_api
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REFERENCE = re.compile(r"#/components/schemas/(\w+)")
# What is for signed-in people, or is no data: never a field of an answer. The reason of a base change stands on its page.
PRIVATE = {"actor_name", "signer_name", "person", "claim_id", "comment", "lock_revision", "gift"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return build_api(bootstrap.current).openapi()


def operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["operationId"]: one for path in described["paths"].values() for one in path.values()}


def test_whatever_is_asked_answers_are_as_described(
    demo: Installation, open_data_client: TestClient, described: dict[str, Any]
) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", open_data_client.app)
    schema.validate()
    for found in schema.get_all_operations():
        if (
            "security" not in found.ok().definition.raw
        ):  # what needs a token is asked by test_reporting_contract
            ask_whatever(found.ok())


def ask_whatever(operation: schemathesis.APIOperation) -> None:
    """Ask what the description of an operation allows and what it does not, of things that are there and that are not."""
    known = {one.name: one.definition["schema"]["examples"][0] for one in operation.path_parameters}
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)

    @settings(max_examples=6, phases=[Phase.generate], database=None)
    @given(
        case=st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes]),
        exists=st.sampled_from([True, True, False]),
    )
    def check(case: schemathesis.Case, exists: bool) -> None:
        if exists:
            case.path_parameters.update(known)
        case.call_and_validate(checks=CHECKS)

    check()


def test_every_operation_has_a_real_example_and_says_what_may_go_wrong(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    routes = {route.name: route for router in ROUTERS for route in router.routes}
    told = operations(described)
    assert set(told) == set(routes)
    for name, operation in told.items():
        answer = operation["responses"]["200"]["content"]
        if routes[name].response_class is not StreamingResponse:  # type: ignore[attr-defined]
            example = answer["application/json"]["example"]
            routes[name].response_model.model_validate(example)  # type: ignore[attr-defined]
        problems = {status: one for status, one in operation["responses"].items() if status >= "400"}
        assert {"406", "422", "500", "503"} < set(problems)
        assert {tuple(one["content"]) for one in problems.values()} == {("application/problem+json",)}
        assert operation["description"]
    assert "HTTPValidationError" not in described["components"]["schemas"]


def schemas_of(described: dict[str, Any], part: Any) -> set[str]:
    """The names of every schema that a part of the description leads to."""
    found: set[str] = set()
    waiting = set(REFERENCE.findall(json.dumps(part)))
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(REFERENCE.findall(json.dumps(described["components"]["schemas"][name]))) - found
    return found


def test_no_answer_has_a_place_for_what_signed_in_people_read(described: dict[str, Any]) -> None:
    everything = operations(described).values()
    anybody = schemas_of(described, [one for one in everything if "security" not in one])
    fields = {
        (name, field)
        for name in anybody
        for field in described["components"]["schemas"][name].get("properties", ())
    }
    assert len(fields) > 300
    assert not {field for _, field in fields} & PRIVATE
    assert [name for name, field in fields if field == "reason"] == ["BaseChange"]


def test_the_documentation_needs_nothing_from_outside(
    demo: Installation, open_data_client: TestClient
) -> None:
    page = open_data_client.get("/api/docs").text
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert assets
    for asset in assets:
        assert asset.startswith("/api/")
        assert open_data_client.get(asset).status_code == 200
    assert not re.search(r"https?://", page)
    assert '"validatorUrl": null' in page  # else a badge of an outside service
    assert open_data_client.get("/api/openapi.json").json()["servers"] == [{"url": "/api"}]


def test_nothing_of_it_is_imported_before_it_is_asked_for() -> None:
    said = "import sys, catalogue.api.open_data as one; one.routes(None); print('fastapi' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
