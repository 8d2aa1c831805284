"""What the description says of reporting in: every status, each kind's own fields, examples; kept by every answer."""

from itertools import cycle
from typing import Any

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
from starlette.testclient import TestClient

from catalogue.api import rate_limit
from catalogue.api.v1 import claim_updates
from catalogue.api.v1.claim_updates import Batch
from catalogue.model.claim import ClaimKind, fields
from catalogue.services.installation import Installation
from tests.reporting import PDF, System

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_whatever_a_system_reports_answers_are_as_described(
    demo: Installation, system: System, open_data_client: TestClient, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rate_limit, "BURST", 10_000)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", open_data_client.app)
    items, digest = system.open_items(), system.send()
    known = {"sha256": digest, "claim_id": system.get("/claims?limit=1")["data"][0]["claim_id"]}
    statuses: dict[str, set[int]] = {}
    real = cycle(items)

    def ask(operation: schemathesis.APIOperation) -> None:
        modes = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)

        @settings(max_examples=8, phases=[Phase.generate], database=None, derandomize=True)
        @given(
            case=st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes]),
            exists=st.sampled_from([True, True, False]),
            is_holder=st.sampled_from([True] * 9 + [False]),
        )
        def check(case: schemathesis.Case, exists: bool, is_holder: bool) -> None:
            if exists:
                case.path_parameters.update({name: known[name] for name in case.path_parameters})
                if operation.method == "put":
                    case.body = PDF
                for update in case.body["updates"] if is_batch(case.body) else ():
                    item = next(real)
                    update |= {"item_id": item["item_id"], "item_revision": item["item_revision"]}
                    update |= {"files": [digest]} if "files" in update else {}
            headers = {"Authorization": f"Bearer {system.secret if is_holder else 'x'}"}
            answer = case.call_and_validate(checks=CHECKS, headers=headers)
            statuses.setdefault(operation.definition.raw["operationId"], set()).add(answer.status_code)

        check()

    secured = [one.ok() for one in schema.get_all_operations() if "security" in one.ok().definition.raw]
    for operation in secured:
        ask(operation)
    assert len(secured) == 6
    assert {200, 401, 422} <= set().union(*statuses.values())


def is_batch(body: Any) -> bool:
    return (
        isinstance(body, dict)
        and isinstance(body.get("updates"), list)
        and all(isinstance(one, dict) for one in body["updates"])
    )


def test_every_operation_names_its_token_and_whatever_may_go_wrong(open_data_client: TestClient) -> None:
    described = open_data_client.get("/api/openapi.json").json()
    assert described["components"]["securitySchemes"]["AgencyToken"]["scheme"] == "bearer"
    paths = {path: one for path, one in described["paths"].items() if "/reporting/" in path}
    told = {one["operationId"]: one for operations in paths.values() for one in operations.values()}
    assert len(told) == 6
    for operation in told.values():
        assert operation["security"] == [{"AgencyToken": []}]
        assert {"401", "403", "422", "429"} < set(operation["responses"])
        assert "Retry-After" in operation["responses"]["429"]["headers"]
    assert {"409", "413", "415"} < set(told["report_claims"]["responses"]) & set(
        told["send_file"]["responses"]
    )
    batch = told["report_claims"]["requestBody"]["content"]["application/json"]["example"]
    assert len(Batch.model_validate(batch).as_updates()) == 2
    key = next(one for one in told["report_claims"]["parameters"] if one["in"] == "header")
    assert (key["name"], key["required"]) == ("Idempotency-Key", True)


def test_each_kind_takes_the_fields_of_its_claim() -> None:
    for kind in ClaimKind:
        model = getattr(claim_updates, kind.value.capitalize())
        own = set(model.model_fields) - {"kind", "item_id", "item_revision", "files"}
        assert own == {*fields(kind)} | ({"document_id"} if kind is ClaimKind.ENACTED else set())
