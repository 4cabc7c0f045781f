"""Runs: tasks with an id that nobody guesses, what became of them, and how long they are remembered.

They are held in memory only. Whoever has the id may see a run; there is no list of them.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field

from quotealign.web.limits import Limits
from quotealign.web.refusals import Refused
from quotealign.web.task import Outcome, Task

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"


@dataclass(slots=True)
class Run:
    """A task and what became of it. Written to by the thread that sees to it, read by everybody.

    base             its address
    stage            what is being done, in a few words
    done, of         how many quotations are done in this stage, and of how many; 0 where none are counted
    problem, error   why there is no outcome: one sentence, and the name of the error where it is one of ours
    seen             when somebody last looked, in seconds of a clock that only goes forward
    """

    id: str
    kind: str
    base: str
    task: Task | None
    status: str = WAITING
    stage: str = ""
    done: int = 0
    of: int = 0
    problem: str = ""
    error: str = ""
    outcome: Outcome | None = None
    made: float = field(default_factory=time.monotonic)
    ended: float | None = None
    seen: float = field(default_factory=time.monotonic)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.ended is not None

    @property
    def seconds(self) -> int:
        """How long it has lasted."""
        return int((self.ended or time.monotonic()) - self.made)

    @property
    def size(self) -> int:
        """Bytes held for it."""
        return (self.task.size if self.task else 0) + (self.outcome.size if self.outcome else 0)

    def end(self, status: str, *, problem: str = "", error: str = "", outcome: Outcome | None = None) -> None:
        """It is over; what was handed over is let go."""
        if not self.is_over:
            self.error, self.problem, self.outcome, self.task, self.stage = error, problem, outcome, None, ""
            self.done = self.of = 0
            self.status = status
            self.ended = time.monotonic()


def new_run(task: Task, *, base: str = "") -> Run:
    """A run with an id of its own, 192 bits of chance; it is shown at `base`, or at an address of its own."""
    identifier = secrets.token_urlsafe(24)
    return Run(identifier, task.kind, base or f"/runs/{identifier}", task)


class Runs:
    """The runs that are remembered: not too many, not too large, not for ever."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._runs: dict[str, Run] = {}

    def __len__(self) -> int:
        return len(self._runs)

    def add(self, task: Task) -> Run:
        """A new run; those looked at longest ago make room. Raises `Refused` where all that are there still work."""
        self.sweep(room=task.size)
        if len(self._runs) >= self._limits.runs:
            raise Refused(503, "too many runs at once", do="wait until one has ended")
        run = new_run(task)
        self._runs[run.id] = run
        return run

    def get(self, identifier: str) -> Run:
        """The run of an id. Raises `Refused`."""
        self.sweep()
        run = self._runs.get(identifier)
        if run is None:
            minutes = int(self._limits.kept // 60)
            what = f"no such run: results are forgotten after {minutes} minutes, and when the program ends"
            raise Refused(404, what, do="start it again")
        run.seen = time.monotonic()
        return run

    def forget(self, run: Run) -> None:
        """Nothing of it is left; if it still works it ends."""
        run.stopping.set()
        self._runs.pop(run.id, None)

    def sweep(self, *, room: int = 0) -> None:
        """Forget what nobody has looked at for long, then the oldest until there is room for one more."""
        now = time.monotonic()
        over = sorted((run for run in self._runs.values() if run.is_over), key=lambda run: run.seen)
        held = room + sum(run.size for run in self._runs.values())
        for run in over:
            full = held > self._limits.held or (room and len(self._runs) >= self._limits.runs)
            if full or now - run.seen > self._limits.kept:
                held -= run.size
                del self._runs[run.id]
