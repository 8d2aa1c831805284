"""Composition root: screens and routes in one server.

`python app.py`, `streamlit run app.py` and `uvicorn app:app` all serve it.
"""

import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

import streamlit as st
from starlette.middleware import Middleware

from catalogue import bootstrap, logs
from catalogue.api import auth, evidence, health, incidents, metrics, open_data
from catalogue.api.request_log import RequestLog
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
    logs.set_up(installation.settings.log)
    logging.getLogger("streamlit.error_util").addFilter(_is_news)
    log.info("started at revision %s", installation.database.revision)
    yield {"catalogue": installation}
    bootstrap.close()
    log.info("stopped")


def _is_news(record: logging.LogRecord) -> bool:
    """Streamlit logs what a page raised before it hands it to `report_incident`."""
    return record.msg != "Uncaught app execution"


def refuse(problem: CatalogueError) -> NoReturn:
    """Say in one message why the server does not start, and end the process with exit code 2."""
    sys.stderr.write("\n".join(lines(Translator("en"), problem)) + "\n")
    logs.command_failed("server", problem)
    sys.stderr.flush()
    os._exit(2)  # an exception in the lifespan would print traces of the server around the message


def report_incident(error: BaseException) -> bool:
    """Log what went wrong under a number and show the number, never a trace."""
    number = incidents.note(error, "page")
    language = st.session_state.get("lang") or "vi"
    st.error(Translator(language)("app.incident", number=number), icon=":material/error:")
    return True


routes = [
    route for part in (health, metrics, auth, evidence, open_data) for route in part.routes(bootstrap.current)
]
app = st.App(
    ROUTER,
    lifespan=lifespan,
    on_script_error=report_incident,
    routes=routes,
    middleware=[Middleware(RequestLog, routes=routes)],
)

if __name__ == "__main__":
    settings = Settings()
    try:
        bootstrap.start(settings)
    except CatalogueError as problem:
        refuse(problem)
    app.run(config={"server.port": settings.port, "server.address": settings.host, "server.headless": True})
