"""The processes that work, a thread with each: runs stand in line, and one that takes too long is ended.

A process is kept between runs, because it has read the collections. One that was ended, or that ended itself, is
followed by a new one.
"""

from __future__ import annotations

import multiprocessing
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from quotealign.languages import learnt
from quotealign.web.limits import Limits
from quotealign.web.refusals import Refused
from quotealign.web.runs import DONE, FAILED, RUNNING, STOPPED, Run
from quotealign.web.shelf import Collection
from quotealign.web.task import outcome_of, put_task, take
from quotealign.web.worker import work

_LOOK = 0.1
"""Seconds between looks at whether a run is to stop."""


class Pool:
    """So many processes for runs; `seconds` are allowed for each run."""

    def __init__(self, collections: Sequence[Collection], limits: Limits, *, processes: int, seconds: float) -> None:
        self._collections, self._limits, self._seconds = tuple(collections), limits, seconds
        self._line: queue.SimpleQueue[Run | None] = queue.SimpleQueue()
        self._waiting = 0
        self._count = threading.Lock()
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(processes)]
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> int:
        """How many runs stand in line."""
        return self._waiting

    def submit(self, run: Run) -> None:
        """Put a run in the line. Raises `Refused` where the line is too long."""
        with self._count:
            if self._waiting >= self._limits.waiting:
                raise Refused(503, f"{self._waiting} runs are waiting already", do="try again in a minute")
            self._waiting += 1
        run.stage = "waiting for its turn"
        self._line.put(run)

    def close(self) -> None:
        """End all processes; what they were doing is lost."""
        self._closing.set()
        for _ in self._threads:
            self._line.put(None)
        for thread in self._threads:
            thread.join(5)

    def _serve(self) -> None:
        worker = _Worker(self._collections, self._limits)
        while (run := self._line.get()) is not None and not self._closing.is_set():
            with self._count:
                self._waiting -= 1
            if run.stopping.is_set():
                run.end(STOPPED)
                continue
            scratch = tempfile.mkdtemp(prefix="quotealign-")
            try:
                self._see_to(run, worker, scratch)
            except (EOFError, OSError):
                worker.end()
                run.end(FAILED, problem="The process that did the work has ended, perhaps for want of memory.")
            except Exception as error:  # a thread that ended would leave its part of the line standing for ever
                worker.end()
                run.end(FAILED, problem=f"A fault of ours ({type(error).__name__}); please report it.")
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        worker.end()

    def _see_to(self, run: Run, worker: _Worker, scratch: str) -> None:
        assert run.task is not None
        run.status, run.stage = RUNNING, "starting"
        connection = worker.connection()
        allowed = self._limits.loading if run.task.collection else self._seconds
        put_task(connection, run.task, scratch, run.base)
        deadline = time.monotonic() + allowed
        while True:
            if run.stopping.is_set() or self._closing.is_set():
                worker.end()
                run.end(STOPPED)
                return
            if time.monotonic() > deadline:
                worker.end()
                run.end(FAILED, problem=f"Ended after {allowed:g} seconds: give less at a time, or allow more.")
                return
            if not connection.poll(_LOOK):
                continue
            head, blobs = take(connection, self._limits.result)
            if "stage" in head:
                run.stage, run.done, run.of = head["stage"], 0, 0
                if head["ready"]:
                    allowed = self._seconds
                    deadline = time.monotonic() + allowed
            elif "done" in head:
                run.done, run.of = head["done"], head["of"]
            elif "failed" in head:
                run.end(FAILED, problem=head["failed"], error=head.get("error", ""))
                return
            else:
                run.end(DONE, outcome=outcome_of(head["outcome"], blobs))
                return


class _Worker:
    """A process, started when it is first needed and whenever it is gone."""

    def __init__(self, collections: Sequence[Collection], limits: Limits) -> None:
        self._collections, self._limits = collections, limits
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def connection(self) -> Connection:
        """The pipe to it."""
        if self._process is not None and not self._process.is_alive():
            self.end()
        if self._connection is None:
            context = multiprocessing.get_context("spawn")  # not by forking: there are threads here
            ours, theirs = context.Pipe()
            arguments = (theirs, self._collections, self._limits, learnt())
            process = context.Process(target=work, args=arguments, daemon=True)
            process.start()
            theirs.close()
            self._process, self._connection = process, ours
        return self._connection

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None
