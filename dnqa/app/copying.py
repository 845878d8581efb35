"""Copying from the app: with a tool of the system where there is one, which confirms, else through the terminal."""

from textual.app import App

from dnqa.app.background import run_apart
from dnqa.desk import Session
from dnqa.desk.clipboard import copy_with, find_tool


class CopyingApp(App[None]):
    """An app that copies, and says what came of it.

    session: whose visit it is; what was meant for one visit is not said in the next.
    """

    session: Session

    def tell(self, text: str, *, warns: bool = False) -> None:
        """Show a line for a moment."""
        self.notify(text, severity="warning" if warns else "information", markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what the mouse has selected."""
        self.run_worker(self.copy(text, "the selected text"))

    async def copy(self, text: str, what: str) -> None:
        """Copy with the system's tool, which confirms, else through the terminal, which does not."""
        tool = None if self.is_web or self.is_headless else find_tool()
        visit = self.session.visit
        copied = await run_apart(copy_with, tool, text) if tool else False
        if visit != self.session.visit:
            return  # the next patient has begun while the tool was hanging
        if tool and copied:
            self.tell(f"Copied {what} with {tool.name}.")
            return
        super().copy_to_clipboard(text)
        where = "browser" if self.is_web else "terminal"
        self.tell(f"Sent {what} to the {where} to copy. It does not say whether it did: try to paste.")
