"""Composition root: screens and routes in one server.

`python app.py`, `streamlit run app.py` and `uvicorn app:app` all serve it.
"""

import logging
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

import streamlit as st

from catalogue import bootstrap
from catalogue.api import auth, evidence, health
from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import lines
from catalogue.settings import Settings

ROUTER = Path(__file__).resolve().with_name("pages") / "router.py"
log = logging.getLogger("catalogue")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, object]]:
    """Open the database before the port answers, close it on the way out."""
    try:
        installation = bootstrap.current()
    except CatalogueError as problem:
        refuse(problem)
    yield {"catalogue": installation}
    bootstrap.close()


def refuse(problem: CatalogueError) -> NoReturn:
    """Say in one message why the server does not start, and end the process with exit code 2."""
    sys.stderr.write("\n".join(lines(Translator("en"), problem)) + "\n")
    sys.stderr.flush()
    os._exit(2)  # an exception in the lifespan would print traces of the server around the message


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
    routes=[route for part in (health, auth, evidence) for route in part.routes(bootstrap.current)],
)

if __name__ == "__main__":
    settings = Settings()
    try:
        bootstrap.start(settings)
    except CatalogueError as problem:
        refuse(problem)
    app.run(config={"server.port": settings.port, "server.address": settings.host, "server.headless": True})
