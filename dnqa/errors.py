"""What can go wrong, one class for what happened to the user.

DnqaError                  anything dnqa tells its user in one line
  CorpusError              the corpus cannot be used
    SourceError            a source cannot be read as text
    SidecarError           a sidecar is not what a sidecar may be
  ClusterError             a cluster cannot do what it was asked for
  DamagedIndexError        a saved index is not what was written
  UsageError               what was asked for cannot be done

Refusing to answer is not among them: that is an answer.
"""


class DnqaError(Exception):
    """A broken promise; its text is one line that says what to do next."""


class CorpusError(DnqaError):
    """The corpus cannot be used as it is."""


class SourceError(CorpusError):
    """A source cannot be read as text."""


class SidecarError(CorpusError):
    """A sidecar is not valid TOML, or says something that dnqa does not know."""


class ClusterError(DnqaError):
    """A cluster is not there, or cannot do what it was asked for."""


class DamagedIndexError(DnqaError):
    """A saved index is not what was written; it is never trusted, and built again."""


class UsageError(DnqaError):
    """What was asked for, on the command line or at the desk, cannot be done."""


class FormatError(DnqaError):
    """The bytes of a file are not what its format is; the message says what to do, and names no file."""
