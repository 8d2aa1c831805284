"""Composition root: screens and routes in one server.

`python app.py`, `streamlit run app.py` and `uvicorn app:app` all serve it.
"""

import logging
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from catalogue import bootstrap
from catalogue.api import auth, health
from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import lines
from catalogue.settings import Settings

ROUTER = Path(__file__).resolve().with_name("pages") / "router.py"
log = logging.getLogger("catalogue")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, object]]:
    """Open the database before the port answers, close it on the way out."""
    yield {"catalogue": bootstrap.current()}
    bootstrap.close()


def report_incident(error: BaseException) -> bool:
    """Log what went wrong under a number and show the number, never a trace."""
    number = secrets.token_hex(4)
    log.error("incident %s", number, exc_info=error)
    language = st.session_state.get("lang") or "vi"
    st.error(Translator(language)("app.incident", number=number), icon=":material/error:")
    return True


app = st.App(
    ROUTER,
    lifespan=lifespan,
    on_script_error=report_incident,
    routes=[*health.routes(bootstrap.current), *auth.routes(bootstrap.current)],
)

if __name__ == "__main__":
    settings = Settings()
    try:
        bootstrap.start(settings)
    except CatalogueError as problem:
        sys.stderr.write("\n".join(lines(Translator("en"), problem)) + "\n")
        raise SystemExit(2) from None
    app.run(config={"server.port": settings.port, "server.address": settings.host, "server.headless": True})
