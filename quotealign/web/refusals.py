"""A request that is not answered: one sentence, and the status that goes with it."""

from __future__ import annotations

from quotealign.errors import QuotealignError


class Refused(QuotealignError):
    """A request that is not answered, with the status (RFC 9110) that says so."""

    def __init__(self, status: int, what: str, *, do: str = "") -> None:
        super().__init__(what, do=do)
        self.status = status
