"""A problem: something in a file that is not as it should be, with its place and a way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong in a file. `line` and `column` count from 1; 0 says that the whole file is meant.

    `code` names the situation; `what` and `do` are half a sentence each.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    do: str = ""

    @property
    def where(self) -> str:
        """The place as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}"
        return f"{sentence}; {self.do}." if self.do else f"{sentence}."
