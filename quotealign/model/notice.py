"""A notice: a warning as a value, for one article. Nothing else is lost with what it tells of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know: `code` names the situation, `where` is `file:line:column` or a file.

    `skipped` tells that an input was left out because of it.
    """

    code: str
    where: str
    what: str
    do: str = ""
    skipped: bool = False

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}"
        return f"{sentence}; {self.do}." if self.do else f"{sentence}."
