"""What can go wrong, in the user's words: one named error a situation.

Every error says what happened, where, and what to do, in one sentence each can print as it stands.
`QuotealignError` is the only base a caller needs to catch.
"""

from __future__ import annotations


class QuotealignError(Exception):
    """A situation that the user can mend: `what` happened, `where`, and what to `do` about it."""

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(str(self))

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence}; {self.do}." if self.do else f"{sentence}."


class InputMissing(QuotealignError):
    """A path that was named does not exist or may not be read."""


class InputEmpty(QuotealignError):
    """A file without text, or a folder or stream without one article."""


class InputBinary(QuotealignError):
    """A file that holds no text in any encoding we know."""


class InputMalformed(QuotealignError):
    """A file of a known format that breaks the rules of this format."""


class NameUnknown(QuotealignError):
    """A name (language, metric, policy …) that is not in its table."""


class OutputRefused(QuotealignError):
    """A file or folder that cannot be written."""


class LibraryMissing(QuotealignError):
    """An optional library that what was asked for needs, and that is not installed."""


class EngineFailed(QuotealignError):
    """A cluster of machines that does not answer, or that gave up."""


class CorpusTooSmall(QuotealignError):
    """Too little text to learn from."""


class CorpusBusy(QuotealignError):
    """A kept corpus that another program has open."""


class CorpusDamaged(QuotealignError):
    """A kept corpus whose bytes are no longer what was written, or a file that never was one."""


class CorpusOther(QuotealignError):
    """A file that holds no corpus of ours, or one of a schema that this version does not read."""
