"""Who speaks in a corpus of any size: each once, in the order in which they came, kept on the disk meanwhile."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from quotealign.formats.tei import header
from quotealign.formats.tei.elements import Element
from quotealign.formats.tei.ids import local
from quotealign.formats.tei.turns import Turns
from quotealign.model import Speaker

_PAGE = 100
_LISTS = (("listPerson", 1), ("listOrg", 0))


class Participants:
    """Speakers met on the way. The table is a temporary file of SQLite's, so that memory does not grow with them."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("")
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE speakers (id TEXT PRIMARY KEY, person INTEGER, record TEXT)")

    def __enter__(self) -> Participants:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._table.close()

    def meet(self, speakers: Iterable[Speaker]) -> None:
        """Remember some speakers; of two with one id the first."""
        rows = [
            (local(s.id), s.kind == "person", json.dumps([s.id, s.name, s.kind, s.authority]))
            for s in dict.fromkeys(speakers)
        ]
        if rows:
            self._table.executemany("INSERT OR IGNORE INTO speakers VALUES (?, ?, ?)", rows)

    def described(self, prefix: str, written: Callable[[Element], bytes]) -> Iterator[bytes]:
        """The lines of `particDesc` as `header.participants` makes it, piece by piece; nothing where nobody spoke.

        `written` gives the line of one person or body.
        """

        def made(page: list[tuple[str]]) -> bytes:
            speakers = (Speaker(*json.loads(record)) for (record,) in page)
            return b"".join(written(header.participant(speaker, prefix)) for speaker in speakers)

        if self._table.execute("SELECT 1 FROM speakers LIMIT 1").fetchone() is None:
            return
        yield b"\n    <particDesc>"
        with Turns() as turns:
            for name, person in _LISTS:
                rows = self._table.execute("SELECT record FROM speakers WHERE person = ? ORDER BY rowid", (person,))
                begun = False
                while page := rows.fetchmany(_PAGE):
                    yield (b"" if begun else f"\n      <{name}>".encode()) + turns.call(made, page)
                    begun = True
                if begun:
                    yield f"\n      </{name}>".encode()
        yield b"\n    </particDesc>"
