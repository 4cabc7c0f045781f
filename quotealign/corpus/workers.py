"""Who finds the quotations of a batch: this process, or several others of whom each takes a batch.

What comes out does not depend on how many there are: batches are taken back in the order in which they were given.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from quotealign.corpus.rows import Extracted, extracted
from quotealign.errors import QuotealignError
from quotealign.languages import learn, learnt
from quotealign.model import Article
from quotealign.pipeline import Settings

Start = Callable[[Sequence[Article]], Callable[[], Extracted]]
"""Gives out a batch; what it returns waits for its result."""


@contextmanager
def workers(jobs: int, settings: Settings, digest: str) -> Iterator[Start]:
    """Processes that find quotations, for as long as the block lasts; with one job none but this one."""
    if jobs <= 1:
        yield lambda articles: lambda: extracted(articles, settings, digest)
        return
    # Not by forking: DuckDB has threads, and a fork copies the locks they hold.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=begin, initargs=(learnt(),))

    def start(articles: Sequence[Article]) -> Callable[[], Extracted]:
        future = pool.submit(extracted, articles, settings, digest)
        return future.result

    try:
        yield start
    except BrokenProcessPool:
        do = "give fewer --jobs, and the same command again: what was finished before is kept"
        raise QuotealignError("a process that found quotations was ended by something else", do=do) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def begin(data: tuple[tuple[str, str], ...]) -> None:
    """In a new process: take in the user's data for languages, leave Ctrl-C to the first process, end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for code, toml in data:
        learn(code, toml)
    gc.disable()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # whoever was killed cannot tell us to stop
