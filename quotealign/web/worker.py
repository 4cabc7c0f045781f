"""A process that works: takes a task from a pipe, answers with what it is doing and with an outcome, takes the next.

It reads what strangers wrote, so that it may be ended at any moment; the server goes on without it.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from quotealign.corpus.workers import begin
from quotealign.errors import QuotealignError
from quotealign.web.limits import Limits
from quotealign.web.shelf import Collection, Shelf
from quotealign.web.task import Outcome, Task, put, put_outcome, take, task_of
from quotealign.web.working import Desk

WORK = {
    "align": "quotealign.web.aligning",
    "browse": "quotealign.web.browsing",
    "check": "quotealign.web.checking",
    "cluster": "quotealign.web.browsing",
    "extract": "quotealign.web.extracting",
}
"""Kind of a task → where the function of that name lives, imported with the first such task."""
_OFTEN = 0.2
"""Seconds between two words about how many quotations are done."""


def _done(task: Task, desk: Desk) -> Outcome:
    does: Callable[[Task, Desk], Outcome] = getattr(import_module(WORK[task.kind]), task.kind)
    return does(task, desk)


def work(
    connection: Connection, collections: Sequence[Collection], limits: Limits, data: tuple[tuple[str, str], ...]
) -> None:
    """Answer tasks until nobody asks any more. `data` is the user's own for languages."""
    begin(data)
    _bound_memory(limits.memory)
    shelf = Shelf(collections)

    told = 0.0

    def tell(stage: str, ready: bool) -> None:
        nonlocal told
        put(connection, {"stage": stage, "ready": ready})
        told = 0.0

    def progress(done: int, of: int) -> None:
        nonlocal told
        if done == of or time.monotonic() - told > _OFTEN:
            put(connection, {"done": done, "of": of})
            told = time.monotonic()

    while True:
        try:
            head, blobs = take(connection, 2 * limits.body)
        except EOFError:
            return
        tempfile.tempdir = head["scratch"]  # what is left over when this process is ended goes with that folder
        desk = Desk(shelf, limits, Path(head["scratch"]), head["base"], tell, progress)
        try:
            outcome = _done(task_of(head, blobs), desk)
        except QuotealignError as error:
            put(connection, {"failed": _said(error, collections), "error": type(error).__name__})
        except MemoryError:
            put(connection, {"failed": "Not enough memory for this; give less at a time."})
        except Exception as error:
            put(connection, {"failed": f"A fault of ours ({type(error).__name__}); please report it."})
        else:
            put_outcome(connection, outcome)
        del head, blobs
        gc.collect()


def _said(error: QuotealignError, collections: Sequence[Collection]) -> str:
    where = error.where
    for collection in collections:
        where = collection.told(where)
    return str(QuotealignError(error.what, where=where, do=error.do))


def _bound_memory(share: float) -> None:
    """A part of the machine's memory, and no more: whatever asks for more ends the task, or this process."""
    try:
        import resource

        most = int(share * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    except (ImportError, ValueError, OSError):
        return  # a system without such limits
