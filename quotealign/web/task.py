"""What is given to a process that works, and what comes back: JSON and bytes over a pipe, nothing that could act."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

Given = tuple[str, bytes]
"""What somebody handed over: a name, whose end tells the format, and its bytes."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: its kind (see `worker.WORK`), options as JSON holds them, the collection that it is done with,
    and what was handed over."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    collection: str | None = None
    drafts: tuple[Given, ...] = ()
    sources: tuple[Given, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that were handed over."""
        return sum(len(data) for _, data in (*self.drafts, *self.sources))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: a heading, one line, notices, and parts by name. The parts `page` and `page.…`
    are HTML for the middle of a page; the others are files for whoever wants them."""

    title: str
    summary: str
    notices: tuple[str, ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(map(len, self.parts.values()))


def put(connection: Connection, head: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send a head, and some bytes behind it."""
    connection.send_bytes(json.dumps({**head, "blobs": len(blobs)}).encode("utf-8"))
    for blob in blobs:
        connection.send_bytes(blob)


def take(connection: Connection, largest: int) -> tuple[dict[str, Any], list[bytes]]:
    """What `put` sent. Raises `EOFError` where nobody is left at the other end, `OSError` for more than `largest`
    bytes."""
    head: dict[str, Any] = json.loads(connection.recv_bytes(largest))
    blobs = []
    for _ in range(head.pop("blobs")):
        blob = connection.recv_bytes(largest)
        largest -= len(blob)
        blobs.append(blob)
    return head, blobs


def put_task(connection: Connection, task: Task, scratch: str, base: str) -> None:
    """Send a task, the folder in which files may be written meanwhile, and the address below which it is shown."""
    head = {
        "kind": task.kind,
        "options": task.options,
        "collection": task.collection,
        "drafts": [name for name, _ in task.drafts],
        "sources": [name for name, _ in task.sources],
        "scratch": scratch,
        "base": base,
    }
    put(connection, head, [data for _, data in (*task.drafts, *task.sources)])


def task_of(head: Mapping[str, Any], blobs: Sequence[bytes]) -> Task:
    """The task that `put_task` sent."""
    number = len(head["drafts"])
    drafts = tuple(zip(head["drafts"], blobs[:number], strict=True))
    return Task(
        head["kind"],
        head["options"],
        head["collection"],
        drafts,
        tuple(zip(head["sources"], blobs[number:], strict=True)),
    )


def put_outcome(connection: Connection, outcome: Outcome) -> None:
    """Send an outcome."""
    head = {
        "title": outcome.title,
        "summary": outcome.summary,
        "notices": outcome.notices,
        "parts": list(outcome.parts),
    }
    put(connection, {"outcome": head}, list(outcome.parts.values()))


def outcome_of(head: Mapping[str, Any], blobs: Sequence[bytes]) -> Outcome:
    """The outcome that `put_outcome` sent."""
    return Outcome(head["title"], head["summary"], tuple(head["notices"]), dict(zip(head["parts"], blobs, strict=True)))
