"""What happens at a desk, whatever it is shown on: the conversation, what is ticked, copied, saved and taught."""

from dnqa.desk.session import Session

__all__ = ["Session"]
