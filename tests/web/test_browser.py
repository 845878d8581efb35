"""The desk in a real browser: Debian's Chromium, or whichever is on the path."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no Chromium on this computer; on Debian: apt install chromium", allow_module_level=True)
pytest.importorskip("playwright", reason="playwright is not installed: pip install playwright")

from playwright.sync_api import Page, WebSocket, sync_playwright  # noqa: E402 - skipped above where it is missing

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Tab:
    """A browser's tab with the desk in it.

    page: of playwright.
    requested: every address that the page asked for.
    received: what the server has written to the terminal.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requested: list[str] = []
        self.received = b""
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("websocket", self._listen)

    def _listen(self, websocket: WebSocket) -> None:
        self.requested.append(websocket.url)
        websocket.on("framereceived", self._receive)

    def _receive(self, payload: bytes | str) -> None:
        self.received += payload if isinstance(payload, bytes) else payload.encode()

    def wait_for(self, text: str) -> None:
        """Wait until a text has been written to the terminal. Raises TimeoutError."""
        for _ in range(600):
            if text.encode() in self.received:
                return
            self.page.wait_for_timeout(100)
        raise TimeoutError(f"no {text!r} but {self.received[-2000:]!r}")


@pytest.fixture
def open_tab() -> Iterator[Callable[[str], Tab]]:
    """Opens an address in a new tab."""
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)

        def open_address(address: str) -> Tab:
            tab = Tab(browser.new_page(viewport={"width": 1200, "height": 700}))
            tab.page.goto(address)
            return tab

        yield open_address
        browser.close()


def test_a_question_is_answered_in_the_browser(served: str, open_tab: Callable[[str], Tab]) -> None:
    """The same app: a question is typed, the passage comes with its citation, and nothing is loaded from elsewhere."""
    tab = open_tab(served)
    tab.wait_for("For example")
    tab.page.keyboard.type("does it help with swelling?")
    tab.page.keyboard.press("Enter")
    tab.wait_for("Inflammation Effects · line 92")
    own = (served, served.replace("http", "ws"), "data:")
    assert [address for address in tab.requested if not address.startswith(own)] == []
    assert any(address.endswith("/ws") or "/ws?" in address for address in tab.requested)


def test_a_sheet_is_handed_to_the_browser(served: str, open_tab: Callable[[str], Tab]) -> None:
    """A ticked passage is saved where the person is, not where the server is."""
    tab = open_tab(served)
    tab.wait_for("For example")
    tab.page.keyboard.type("does it help with swelling?")
    tab.page.keyboard.press("Enter")
    tab.wait_for("Inflammation Effects · line 92")
    tab.page.keyboard.press("F6")
    tab.wait_for("on the patient sheet")
    with tab.page.expect_download() as waiting:
        tab.page.keyboard.type("/sheet")
        tab.page.keyboard.press("Enter")
    assert waiting.value.suggested_filename in ("patient-sheet.txt", "patient-sheet.html")


def test_the_sheet_to_print_is_handed_to_the_browser(served: str, open_tab: Callable[[str], Tab]) -> None:
    """As a PDF, since the printer is where the person is."""
    tab = open_tab(served)
    tab.wait_for("For example")
    tab.page.keyboard.type("does it help with swelling?")
    tab.page.keyboard.press("Enter")
    tab.wait_for("Inflammation Effects · line 92")
    tab.page.keyboard.press("F6")
    tab.wait_for("on the patient sheet")
    with tab.page.expect_download() as waiting:
        tab.page.keyboard.type("/print large")
        tab.page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "patient-sheet.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")


def test_a_foreign_page_cannot_type_into_the_desk(served: str, outside: str, open_tab: Callable[[str], Tab]) -> None:
    """A page of another server that opens the WebSocket is refused by the real browser's request."""
    tab = open_tab(outside)
    opened = tab.page.evaluate(
        """address => new Promise(resolve => {
            const socket = new WebSocket(address);
            socket.onopen = () => resolve(true);
            socket.onerror = () => resolve(false);
        })""",
        served.replace("http", "ws") + "/ws",
    )
    assert opened is False
