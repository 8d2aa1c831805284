"""The sign-in routes: what a browser may send, and what it gets back."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.api import auth
from catalogue.services import accounts
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database

PASSWORD = "mật khẩu đủ dài"
GOOD = {"account": "an.nguyen", "password": PASSWORD}


def install(tmp_path: Path, template: Path | None, *, demo: bool = False, tls: bool = False) -> Installation:
    """A file of its own, from a `template` of the same kind or from nothing."""
    if template is not None:
        shutil.copy(template, tmp_path / "c.duckdb")
    database = Database.open(tmp_path / "c.duckdb", clock=lambda: datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    installation = open_installation(Settings(data_dir=tmp_path, tls=tls), database, demo=demo)
    with database.unrecorded() as transaction:
        transaction.insert(
            "actor",
            [
                {
                    "actor_id": 1,
                    "account": "vpcp",
                    "full_name": "Chuyên viên VPCP",
                    "role": "reviewer",
                    "agency_code": None,
                    "password_hash": "!",
                    "is_active": True,
                    "is_demo": True,
                    "created_at": database.clock(),
                }
            ],
        )
    accounts.add_account(
        installation,
        account="an.nguyen",
        full_name="Nguyễn Văn An",
        role="viewer",
        agency_code=None,
        password=PASSWORD,
        by=None,
    )
    return installation


@pytest.fixture
def installation(empty_template: Path, tmp_path: Path) -> Iterator[Installation]:
    installation = install(tmp_path, empty_template)
    yield installation
    installation.database.close()


def client_of(installation: Installation) -> TestClient:
    app = Starlette(routes=auth.routes(lambda: installation))
    return TestClient(app, base_url="https://testserver", follow_redirects=False)


@pytest.fixture
def client(installation: Installation) -> Iterator[TestClient]:
    with client_of(installation) as client:
        yield client


def test_signing_in_sets_the_cookie_and_leads_to_the_first_page(
    client: TestClient, installation: Installation
) -> None:
    answer = client.post("/auth/session", data=GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["cache-control"] == "no-store"
    assert accounts.who(installation, answer.cookies[auth.COOKIE]).account == "an.nguyen"


@pytest.mark.parametrize("tls", [False, True])
def test_cookie_flags(tmp_path: Path, tls: bool) -> None:
    installation = install(tmp_path, None, tls=tls)
    with client_of(installation) as client:
        cookie = client.post("/auth/session", data=GOOD).headers["set-cookie"]
        ended = client.post("/auth/end").headers["set-cookie"]
    installation.database.close()
    name, *flags = cookie.split("; ")
    assert name.startswith("tracker_session=")
    expected = {"HttpOnly", "Max-Age=86400", "Path=/", "SameSite=lax"} | ({"Secure"} if tls else set())
    assert set(flags) == expected
    assert "Max-Age=0" in ended and "HttpOnly" in ended and ("Secure" in ended) is tls


def test_a_multipart_form_signs_in_too_but_takes_no_file(client: TestClient) -> None:
    fields = {name: (None, value) for name, value in GOOD.items()}
    assert client.post("/auth/session", files=fields).status_code == 303
    assert client.post("/auth/session", files={"account": ("a.txt", b"an.nguyen")}).status_code == 400


def test_a_huge_form_is_refused(client: TestClient) -> None:
    assert client.post("/auth/session", data=GOOD | {"password": "x" * 10_000}).status_code == 400


@pytest.mark.parametrize(
    "data", [{}, {"account": "an.nguyen"}, GOOD | {"password": "sai"}, GOOD | {"account": "khong.co"}]
)
def test_failure_leads_back_to_sign_in_without_a_cookie(client: TestClient, data: dict[str, str]) -> None:
    answer = client.post("/auth/session", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign_in?error=bad_credentials")
    assert "set-cookie" not in answer.headers


def test_failure_keeps_where_the_person_wanted_to_go(client: TestClient) -> None:
    data = {"account": "khong.co", "password": "x", "next": "/items?as_of=2024-03-21&q=hộ tịch"}
    answer = client.post("/auth/session", data=data)
    assert answer.headers["location"] == (
        "/sign_in?error=bad_credentials&next=%2Fitems%3Fas_of%3D2024-03-21%26q%3Dh%E1%BB%99%20t%E1%BB%8Bch"
    )


def test_too_many_failures_are_said(client: TestClient) -> None:
    for _ in range(accounts.FAILURES_ALLOWED):
        client.post("/auth/session", data=GOOD | {"password": "sai"})
    answer = client.post("/auth/session", data=GOOD)
    assert answer.headers["location"] == "/sign_in?error=too_many_attempts"


def test_success_leads_to_the_page_wanted(client: TestClient) -> None:
    answer = client.post("/auth/session", data=GOOD | {"next": "/items?as_of=2024-03-21&q=a%20b"})
    assert answer.headers["location"] == "/items?as_of=2024-03-21&q=a%20b"


@pytest.mark.parametrize(
    "target",
    [
        "",
        "items",
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
    ],
)
def test_open_redirects_are_refused(client: TestClient, target: str) -> None:
    assert client.post("/auth/session", data=GOOD | {"next": target}).headers["location"] == "/"
    failed = client.post("/auth/session", data=GOOD | {"next": target, "password": "sai"})
    assert failed.headers["location"] == "/sign_in?error=bad_credentials"


@pytest.mark.parametrize("path", ["/auth/session", "/auth/end"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://testserver.evil.example"},
        {"Origin": "https://testserver:8443"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_posts_from_elsewhere_are_refused(
    client: TestClient, installation: Installation, path: str, headers: dict[str, str]
) -> None:
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    answer = client.post(path, data=GOOD, headers=headers | {"Cookie": f"{auth.COOKIE}={token}"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert accounts.session_state(installation, token) == "active"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://testserver"},
        {"Origin": "https://TESTSERVER"},
        {"Origin": "http://127.0.0.1:8501", "Host": "127.0.0.1:8501"},
    ],
)
def test_posts_from_our_own_pages_are_taken(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/auth/session", data=GOOD, headers=headers).headers["location"] == "/"


@pytest.mark.parametrize("path", ["/auth/session", "/auth/end"])
def test_a_link_neither_signs_in_nor_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 405


def test_signing_out_ends_the_session_and_clears_the_cookie(
    client: TestClient, installation: Installation
) -> None:
    token = client.post("/auth/session", data=GOOD).cookies[auth.COOKIE]
    answer = client.post("/auth/end")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert auth.COOKIE not in client.cookies
    assert accounts.session_state(installation, token) == "ended"


def test_signing_out_without_a_session_is_no_error(client: TestClient) -> None:
    assert client.post("/auth/end").status_code == 303


def test_signing_in_again_ends_the_session_before(client: TestClient, installation: Installation) -> None:
    first = client.post("/auth/session", data=GOOD).cookies[auth.COOKIE]
    second = client.post("/auth/session", data=GOOD).cookies[auth.COOKIE]
    assert accounts.session_state(installation, first) == "ended"
    assert accounts.session_state(installation, second) == "active"


def test_demo_sign_in_is_refused_on_a_real_installation(client: TestClient) -> None:
    answer = client.post("/auth/session", data={"demo": "vpcp", "next": "/items"})
    assert answer.headers["location"] == "/sign_in?error=forbidden&next=%2Fitems"
    assert "set-cookie" not in answer.headers


def test_demo_sign_in_opens_a_demonstration(tmp_path: Path) -> None:
    installation = install(tmp_path, None, demo=True)
    with client_of(installation) as client:
        answer = client.post("/auth/session", data={"demo": "vpcp"})
        assert answer.headers["location"] == "/to_verify"  # a reviewer lands on what waits
        assert accounts.who(installation, answer.cookies[auth.COOKIE]).account == "vpcp"
    installation.database.close()
