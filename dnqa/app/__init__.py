"""The desk as a Textual app: it asks the session, shows what comes back, and decides nothing itself."""

from dnqa.app.desk import run_desk

__all__ = ["run_desk"]
