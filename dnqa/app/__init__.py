"""The desk as a Textual app: it asks the session, shows what comes back, and decides nothing itself."""

import os

from dnqa.desk.session import Session

_FRAMES = 120
"""A second. A key and what follows from it take three: at Textual's 60 that is 50 ms without any work."""


def run_desk(session: Session, *, theme: str = "dark") -> int:
    """Run the desk until it is left, and return the exit status: 0, or 128 and the signal that stopped it."""
    os.environ.setdefault("TEXTUAL_FPS", str(_FRAMES))  # Textual reads it when it is imported
    from dnqa.app.app import DeskApp

    app = DeskApp(session, theme=theme)
    app.run()
    return 128 + app.stopped_by if app.stopped_by else app.return_code or 0
