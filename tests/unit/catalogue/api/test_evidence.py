"""Evidence goes to a person whose session is alive at that moment, and to nobody else."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.api import auth, evidence
from catalogue.services import accounts
from catalogue.services.installation import Installation


def test_evidence_needs_a_living_session(demo: Installation) -> None:
    row = demo.database.whole("evidence").row(0, named=True)
    path = f"/evidence/{row['evidence_id']}"
    app = Starlette(routes=evidence.routes(lambda: demo))
    with TestClient(app, follow_redirects=False) as client:
        assert client.get(path).headers["location"] == "/sign_in"
        token = accounts.sign_in_demo(demo, "lanhdao")
        client.cookies.set(auth.COOKIE, token)
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == (
            "no-store",
            "nosniff",
        )
        assert client.get("/evidence/999999999").status_code == 404
        accounts.sign_out(demo, token)
        assert client.get(path).status_code == 303


def test_the_file_of_a_return_goes_the_same_way(demo: Installation) -> None:
    row = demo.database.whole("period_return_file").row(0, named=True)
    path = f"/return_file/{row['file_id']}"
    app = Starlette(routes=evidence.routes(lambda: demo))
    with TestClient(app, follow_redirects=False) as client:
        assert client.get(path).headers["location"] == "/sign_in"
        client.cookies.set(auth.COOKIE, accounts.sign_in_demo(demo, "lanhdao"))
        answer = client.get(path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert client.get("/return_file/999999999").status_code == 404
