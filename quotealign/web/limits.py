"""Everything the local page bounds, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, how many and how long.

    body        bytes of one request; `heading` the seconds in which its head must have come, `arriving` those for the
                rest, `lingering` those for what is still sent when the answer is there already
    files       that one form may bring; `fields` besides them
    article     bytes of one draft or source (documents with pictures may have ten times as many)
    articles    that are compared with each other in one run
    quotations  that a page shows; the downloads have all
    letters     of a draft that a page shows
    seconds     of work for one run, `loading` before that to read a collection, `browsing` to look something up
    memory      the share of this machine's that one process may use, where the system can see to it
    processes   that work at the same time; `waiting` runs may stand in line for them
    runs        that are remembered for `kept` seconds after the last look; `held` bytes together, `result` of one
    open        connections at a time; `idle` the seconds for which one without a request is kept
    leaving     seconds after each of which so much of an answer must have been taken as `slowest` bytes a second make
    """

    body: int = 32_000_000
    arriving: float = 60
    heading: float = 10
    lingering: float = 10
    files: int = 200
    fields: int = 40
    article: int = 5_000_000
    articles: int = 2_000
    quotations: int = 3_000
    letters: int = 600_000
    seconds: float = 120
    loading: float = 1_800
    browsing: float = 30
    memory: float = 0.4
    processes: int = 2
    waiting: int = 16
    runs: int = 100
    held: int = 400_000_000
    result: int = 150_000_000
    kept: float = 3_600
    open: int = 100
    idle: float = 15
    leaving: float = 30
    slowest: float = 1_000
