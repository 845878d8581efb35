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

from tests.web.conftest import serve  # noqa: E402

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
            tab = Tab(browser.new_context(viewport={"width": 1200, "height": 700}).new_page())
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


def tick_a_passage(tab: Tab) -> None:
    """Ask, and put the answer on the patient sheet."""
    tab.wait_for("For example")
    tab.page.keyboard.type("does it help with swelling?")
    tab.page.keyboard.press("Enter")
    tab.wait_for("Inflammation Effects · line 92")
    tab.page.keyboard.press("F6")
    tab.wait_for("on the patient sheet")


def test_a_sheet_is_handed_to_the_browser(served: str, open_tab: Callable[[str], Tab]) -> None:
    """A ticked passage is saved where the person is, not where the server is."""
    tab = open_tab(served)
    tick_a_passage(tab)
    with tab.page.expect_download() as waiting:
        tab.page.keyboard.type("/sheet")
        tab.page.keyboard.press("Enter")
    assert waiting.value.suggested_filename in ("patient-sheet.txt", "patient-sheet.html")


def test_the_sheet_to_print_is_handed_to_the_browser(served: str, open_tab: Callable[[str], Tab]) -> None:
    """As a PDF, since the printer is where the person is."""
    tab = open_tab(served)
    tick_a_passage(tab)
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


@pytest.fixture
def open_phone() -> Iterator[Callable[[str], Tab]]:
    """Opens an address on something like a phone."""
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)

        def open_address(address: str) -> Tab:
            context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
            tab = Tab(context.new_page())
            tab.page.goto(address)
            return tab

        yield open_address
        browser.close()


def test_a_phone_has_the_keys_that_it_lacks(served: str, open_phone: Callable[[str], Tab]) -> None:
    """Each is large enough for a thumb, does what its key does, and leaves the keyboard where it is."""
    tab = open_phone(served)
    tab.wait_for("For example")
    buttons = tab.page.locator(".bar button")
    assert buttons.all_inner_texts() == ["Menu", "Help", "Back", "New patient", "Send"]
    for box in (button.bounding_box() for button in buttons.all()):
        assert box
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] + box["width"] <= 390
    tab.page.keyboard.type("does it help with swelling?")
    tap(tab, "Send", "Inflammation Effects · line 92")
    tap(tab, "Help", "Esc: back")
    tap(tab, "Back", "Ask a question")
    tap(tab, "Menu", "Search for commands")
    tap(tab, "Back", "Ask a question")
    tap(tab, "New patient", "Cleared for the next patient.")


def tap(tab: Tab, name: str, text: str) -> None:
    """Tap a button, wait for what comes of it, and see that typing still goes to the desk."""
    tab.received = b""
    tab.page.get_by_role("button", name=name, exact=True).tap()
    tab.wait_for(text)
    assert tab.page.evaluate("document.activeElement.className") == "xterm-helper-textarea"


@pytest.mark.parametrize("size", [(390, 844), (390, 420), (320, 568), (844, 390)])
def test_desk_and_keys_fill_a_phone(served: str, open_phone: Callable[[str], Tab], size: tuple[int, int]) -> None:
    """However much of it the keyboard takes: nothing is below the edge, and the box is above the keys."""
    tab = open_phone(served)
    tab.wait_for("For example")
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    tab.page.wait_for_function("height => document.body.getBoundingClientRect().height === height", arg=size[1])
    terminal, bar = (tab.page.locator(name).bounding_box() for name in (".xterm-screen", ".bar"))
    assert terminal
    assert bar
    assert abs(bar["y"] + bar["height"] - size[1]) < 1
    assert terminal["y"] + terminal["height"] <= bar["y"] + 1
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size[0] == 390:
        tab.wait_for("New patient")


def test_a_desktop_has_no_bar(served: str, open_tab: Callable[[str], Tab]) -> None:
    """Nor a button for documents where none are taken; narrow pages have the bar."""
    tab = open_tab(served)
    tab.wait_for("For example")
    assert not tab.page.locator(".bar").is_visible()
    assert tab.page.get_by_text("Document", exact=False).count() == 0
    tab.page.set_viewport_size({"width": 500, "height": 700})
    assert tab.page.locator(".bar").is_visible()


DROP = """ // lets go of a file over the page; whether the browser is kept from opening it
([name, text]) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name));
    const event = new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true});
    return !document.querySelector(".xterm-screen").dispatchEvent(event);
}
"""


def test_a_dropped_document_is_added(tmp_path: Path, open_tab: Callable[[str], Tab]) -> None:
    """What was read of it is shown as text, never as HTML, and the desk reads its sources again by itself."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "ice.txt").write_text("Ice eases pain [4].", encoding="utf-8")
    with serve(tmp_path, "--corpus", str(folder), "--allow-documents") as address:
        tab = open_tab(address)
        tab.wait_for("Ask a question")
        assert tab.page.locator(".document").is_visible()
        assert tab.page.evaluate(DROP, ["<b>rest</b>.txt", "Rest heals a sprain [7]."])
        said = tab.page.locator(".said", has_text="Added.")
        said.wait_for()
        assert said.inner_text().startswith("Added. -b-rest--b-.txt: 1 passage")
        tab.wait_for("changed on disk")
        tab.page.locator("#file").set_input_files({"name": "x.zip", "mimeType": "", "buffer": b"<i>no</i>"})
        tab.page.locator(".said", has_text="no kind of document").wait_for()
        assert tab.page.locator(".said *").count() == 0
    assert (folder / "-b-rest--b-.txt").is_file()


def test_a_document_is_not_opened_where_none_are_taken(served: str, open_tab: Callable[[str], Tab]) -> None:
    """The conversation is not lost to a file that was let go over it, and a line says what it takes."""
    tab = open_tab(served)
    tab.wait_for("For example")
    assert tab.page.evaluate(DROP, ["rest.txt", "Rest heals a sprain [7]."])
    assert "--allow-documents" in tab.page.locator(".said").inner_text()
    assert not [address for address in tab.requested if "/documents" in address]


def test_the_password_opens_the_desk_and_a_full_one_says_so(tmp_path: Path, open_tab: Callable[[str], Tab]) -> None:
    """A browser signs in with the page that asks; the second visitor of a desk for one is told why."""
    (tmp_path / "password").write_text("correct horse", encoding="utf-8")
    with serve(tmp_path, "--password-file", str(tmp_path / "password"), "--visitors", "1") as address:
        tab = open_tab(address)
        tab.page.fill("input", "correct horse")
        tab.page.click("button")
        tab.wait_for("For example")
        second = tab.page.context.new_page()
        second.goto(address)
        second.get_by_text("all desks are taken; try again later").wait_for()
