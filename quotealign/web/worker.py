"""A process that works: takes a task from a pipe, answers with what it is doing and with an outcome, takes the next.

It reads what strangers wrote, so that it may be ended at any moment; the server goes on without it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from quotealign.corpus.workers import begin
from quotealign.errors import QuotealignError
from quotealign.web.aligning import align
from quotealign.web.browsing import browse, cluster
from quotealign.web.checking import check
from quotealign.web.extracting import extract
from quotealign.web.limits import Limits
from quotealign.web.shelf import Collection, Shelf
from quotealign.web.task import Outcome, Task, put, put_outcome, take, task_of
from quotealign.web.working import Desk

WORK: dict[str, Callable[[Task, Desk], Outcome]] = {
    "align": align,
    "browse": browse,
    "check": check,
    "cluster": cluster,
    "extract": extract,
}
"""Kind of a task → what does it."""


def work(
    connection: Connection, collections: Sequence[Collection], limits: Limits, data: tuple[tuple[str, str], ...]
) -> None:
    """Answer tasks until nobody asks any more. `data` is the user's own for languages."""
    begin(data)
    shelf = Shelf(collections)

    def tell(stage: str, ready: bool) -> None:
        put(connection, {"stage": stage, "ready": ready})

    while True:
        try:
            head, blobs = take(connection, 2 * limits.body)
        except EOFError:
            return
        desk = Desk(shelf, limits, Path(head["scratch"]), head["base"], tell)
        try:
            outcome = WORK[head["kind"]](task_of(head, blobs), desk)
        except QuotealignError as error:
            put(connection, {"failed": str(error), "error": type(error).__name__})
        except MemoryError:
            put(connection, {"failed": "Not enough memory for this; give less at a time."})
        except Exception as error:
            put(connection, {"failed": f"A fault of ours ({type(error).__name__}); please report it."})
        else:
            put_outcome(connection, outcome)
        del head, blobs
        gc.collect()
