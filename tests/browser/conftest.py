"""A real server on a free port and the system's Chromium. With CI set a missing browser is a failure, not a skip."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = Path(__file__).with_name("output")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Server:
    """A running server: where it listens, its process, its log."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    data: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(
    folder: Path, *, demo: bool = True, command: list[str] | None = None, template: Path | None = None
) -> Server:
    """Start the app, on a copy of `template` where one is given, and wait until /readyz answers; the log is printed when it
    does not."""
    port, data, log = free_port(), folder / "data", folder / "server.log"
    if template is not None:
        data.mkdir()
        shutil.copy(template, data / template.name)
    environment = {
        **os.environ,
        "CATALOGUE_DATA_DIR": str(data),
        "CATALOGUE_PORT": str(port),
        "CATALOGUE_DEMO": "1" if demo else "0",
    }
    arguments = [part.format(port=port) for part in command or [sys.executable, "app.py"]]
    with log.open("wb") as sink:
        process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=sink, stderr=sink)
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return Server(url, process, log, data)
        except OSError:
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"the server did not become ready:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; .ci/run installs it")
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, demo_template: Path) -> Iterator[Server]:
    """One demonstration server for the journeys that do not mind each other."""
    running = start_server(tmp_path_factory.mktemp("server"), template=demo_template)
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture
def new_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """Fresh browser sessions; a screenshot of each page is kept when the test fails."""
    contexts: list[BrowserContext] = []

    def make() -> BrowserContext:
        contexts.append(_context(browser))
        return contexts[-1]

    yield make
    _keep_failed(request, [page for context in contexts for page in context.pages])
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def stranger(browser: Browser) -> Iterator[Page]:
    """The page of somebody who never signs in: it has read the app's code once, so it opens a path fast."""
    context = _context(browser)
    yield context.new_page()
    context.close()


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    context.set_default_timeout(20_000)
    return context


def _keep_failed(request: pytest.FixtureRequest, pages: Sequence[Page]) -> None:
    """A screenshot of each page of a test that failed."""
    if getattr(request.node, "failed", False):
        OUTPUT.mkdir(exist_ok=True)
        for place, page in enumerate(pages):
            page.screenshot(path=OUTPUT / f"{request.node.name}-{place}.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report


@pytest.fixture
def open_page(
    server: Server, stranger: Page, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Open a path of the shared server, in place of the one before, as somebody who has not signed in."""

    def open_path(path: str, width: int = 1440) -> Page:
        stranger.mouse.move(0, 0)
        stranger.set_viewport_size({"width": width, "height": 900})
        stranger.goto(f"{server.url}{path}")
        settle(stranger)
        return stranger

    yield open_path
    _keep_failed(request, [stranger])
    stranger.goto("about:blank")


def sign_in(page: Page, url: str, account: str) -> None:
    """Sign in with a demonstration account's own button."""
    page.goto(f"{url}/sign_in")
    form = page.locator(f'form:has(input[value="{account}"])')
    form.locator("button").click()
    page.wait_for_url(lambda address: "/sign_in" not in address)
    settle(page)


def become(page: Page, url: str, account: str = "") -> None:
    """Let the pages of a browser session be those of a demonstration account, without its button; '' is nobody."""
    page.context.clear_cookies()
    if account:
        answer = page.request.post(f"{url}/auth/session", form={"demo": account}, max_redirects=0)
        assert (answer.status, "error=" in answer.headers["location"]) == (303, False)


def settle(page: Page) -> None:
    """Wait until the page has a title and the run has ended."""
    page.locator("h1, .st-key-no-permission").first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def rest(page: Page) -> None:
    """Wait until nothing moves or fades any more."""
    page.wait_for_timeout(100)
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")


def accessible(page: Page) -> None:
    """Nothing of ours breaks WCAG A or AA seriously, once nothing is faded any more.

    Streamlit's own menu on a phone is left out: it puts the headings of sections between the items of one list.
    """
    settle(page)
    rest(page)
    found = (
        Axe()
        .run(
            page,
            context={"exclude": [['[data-testid="stSidebarNavItems"]']]},
            options={"runOnly": ["wcag2a", "wcag2aa"], "resultTypes": ["violations"]},
        )
        .response["violations"]
    )
    ours = [v for v in found if v["id"] != "aria-allowed-role" and v["impact"] in ("serious", "critical")]
    assert not ours, [(v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in ours]
