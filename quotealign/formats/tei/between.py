"""What stands between files: ids that are there twice once all is included, and pointers from one file to another.

What is remembered of files is in a database without a name: in memory as far as that is little, and otherwise in a
file that nobody sees. So an archive is checked in the same memory, however many files it has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from quotealign.errors import QuotealignError
from quotealign.formats.tei import claims
from quotealign.formats.tei.claims import Claims
from quotealign.formats.tei.elements import TEI, XML_ID, Element
from quotealign.formats.tei.parsing import parse
from quotealign.formats.tei.places import words_in
from quotealign.formats.tei.wording import first_difference, without_space
from quotealign.model import Problem

_TABLES = """
CREATE TABLE files (number INTEGER PRIMARY KEY, home TEXT UNIQUE, path TEXT, prefix TEXT, known INT DEFAULT 0);
CREATE INDEX prefixes ON files (prefix);
CREATE TABLE strays (name TEXT, file INT, UNIQUE (name, file));
CREATE TABLE includes (file INT, target TEXT, name TEXT, line INT, col INT, UNIQUE (file, target, line, col));
CREATE TABLE outward (target TEXT, file INT, path TEXT, name TEXT, attribute TEXT, line INT, col INT,
                      words TEXT, UNIQUE (target, file, name, attribute, line, col));
CREATE TABLE members (number INTEGER PRIMARY KEY, home TEXT UNIQUE, file INT UNIQUE, line INT, col INT);
"""
"""Slices of a file tell some of it more than once; members are the files of one corpus, in the order of inclusion."""


class Pointing(NamedTuple):
    """A pointer to an id in another file: of which attribute, line and column, and the words said to stand there."""

    path: Path
    name: str
    attribute: str
    at: tuple[int, int]
    words: str = ""


@dataclass(slots=True)
class Kept:
    """What is remembered of a file: the prefix of its ids, those that do not begin with it, and what it includes."""

    prefix: str
    strays: tuple[str, ...]
    includes: tuple[tuple[Path, tuple[int, int]], ...] = ()
    outward: tuple[Pointing, ...] = ()
    claims: Claims = field(default_factory=Claims)
    at: Mapping[Element, tuple[int, int]] = field(default_factory=dict)


class Between:
    """Files that wait to be checked, and what is remembered of those that were."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.executescript(_TABLES + claims.TABLES)
        self._next = 0

    def wait(self, path: Path) -> bool:
        """Puts a file behind those that wait; whether it was not known yet."""
        asked = "INSERT OR IGNORE INTO files (home, path) VALUES (?, ?)"
        return bool(self._rows.execute(asked, (str(path.resolve()), str(path))).rowcount)

    def waiting(self) -> Iterator[Path]:
        """Each file in its turn, those as well that came while others were checked."""
        while found := self._rows.execute("SELECT path FROM files WHERE number = ?", (self._next + 1,)).fetchone():
            self._next += 1
            yield Path(found[0])

    def keep(self, kept: Kept) -> None:
        """Remembers what is told of the file whose turn it is, all or some; what it includes waits too."""
        file = self._next
        self._rows.execute("UPDATE files SET prefix = ?, known = 1 WHERE number = ?", (kept.prefix, file))
        self._add("strays", ((name, file) for name in kept.strays))
        self._add("includes", ((file, str(one.resolve()), one.name, *place) for one, place in kept.includes))
        for path, _ in kept.includes:
            if path.is_file():
                self.wait(path)
        outward = kept.outward
        self._add(
            "outward", ((str(p.resolve()), file, str(p), name, of, *at, words) for p, name, of, at, words in outward)
        )

        if kept.claims != Claims():
            claims.keep(self._rows, file, self._home(file), kept.claims, kept.at)

    def _add(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        for row in rows:
            self._rows.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def problems(self) -> Iterator[Problem]:
        """What is wrong between the files."""
        including = "SELECT number, path, home FROM files WHERE number IN (SELECT file FROM includes) ORDER BY number"
        for file, path, home in self._rows.execute(including).fetchall():
            yield from self._included(file, path, home)
        twice = """SELECT files.path, name, max(line), max(col) FROM includes JOIN files ON files.number = file
                   GROUP BY file, target HAVING count(*) > 1"""
        for path, name, line, column in self._rows.execute(twice):
            yield Problem(path, line, column, "include", f"the file {name!r} is included twice", "include it once")
        yield from self._pointed()
        yield from claims.problems(self._rows)

    def _included(self, file: int, path: str, home: str) -> Iterator[Problem]:
        """Ids that two files of one corpus share, and whether the corpus includes itself."""
        self._rows.execute("DELETE FROM members")
        self._rows.execute("INSERT INTO members VALUES (0, ?, ?, 1, 1)", (home, file))
        number = 0
        while member := self._rows.execute(
            "SELECT file, line, col FROM members WHERE number = ?", (number,)
        ).fetchone():
            number += 1
            inside, *outer = member
            # What an included file includes is told at the place where that one is included.
            at = "line, col" if inside == file else f"{int(outer[0])}, {int(outer[1])}"
            itself = "SELECT name, line, col FROM includes WHERE file = ? AND target = ?"
            for name, line, column in self._rows.execute(itself, (inside, home)).fetchall():
                told = (line, column) if inside == file else (outer[0], outer[1])
                yield Problem(path, told[0], told[1], "include", f"{name} includes itself", "include each file once")
            self._rows.execute(
                f"""INSERT OR IGNORE INTO members (home, file, line, col)
                SELECT target, (SELECT number FROM files WHERE home = target AND known), {at}
                FROM includes WHERE file = ? AND target <> ? ORDER BY includes.rowid""",
                (inside, home),
            )
        for one, other in self._suspects():
            common = sorted(_ids_in(_root(Path(self._home(one)))) & _ids_in(_root(Path(self._home(other)))))
            if common:
                names = f"in {Path(self._home(one)).name} and in {Path(self._home(other)).name}"
                what = f"after inclusion the xml:id {common[0]!r} is there twice: {names}"
                at = "SELECT line, col FROM members WHERE file = ?"
                line, column = self._rows.execute(at, (other,)).fetchone()
                yield Problem(path, line, column, "same-id", what, "give each file a prefix of its own")

    def _home(self, file: int) -> str:
        return str(self._rows.execute("SELECT home FROM files WHERE number = ?", (file,)).fetchone()[0])

    def _suspects(self) -> Iterator[tuple[int, int]]:
        """Pairs of files of the corpus that may share ids: one prefix, one id without it, or an id with another's."""
        found: dict[tuple[int, int], None] = {}
        prefixes = "FROM files JOIN members ON members.file = files.number WHERE prefix"
        strays = "FROM strays JOIN members ON members.file = strays.file"
        for several, who in (
            (f"SELECT prefix {prefixes} <> '' GROUP BY prefix", f"SELECT files.number {prefixes} = ?"),
            (f"SELECT name {strays} GROUP BY name", f"SELECT strays.file {strays} WHERE name = ?"),
        ):
            for (name,) in self._rows.execute(f"{several} HAVING count(*) > 1"):
                same = [number for (number,) in self._rows.execute(f"{who} ORDER BY members.number", (name,))]
                found |= dict.fromkeys((same[0], other) for other in same[1:])
        begun = f"SELECT files.number {prefixes} = ? AND files.number <> ?"
        own = f"SELECT substr(prefix, 1, length(prefix) - 1), files.number {prefixes} <> ''"
        for name, file in self._rows.execute(f"SELECT name, strays.file {strays} UNION ALL {own}"):
            for end, character in enumerate(name, 1):
                if character == ".":
                    found |= {(other, file): None for (other,) in self._rows.execute(begun, (name[:end], file))}
        yield from found

    def _pointed(self) -> Iterator[Problem]:
        """Pointers to ids of other files that are not there, or where other words stand."""
        last, root, ids = "", None, set[str]()
        quotations: dict[str, str] | None = None
        asked = """SELECT files.path, target, outward.path, name, attribute, line, col, words
                   FROM outward JOIN files ON files.number = outward.file ORDER BY target, outward.rowid"""
        for path, target, shown, name, attribute, line, column, words in self._rows.execute(asked):
            if target != last:
                last, root, quotations = target, _root(Path(target)), None
                ids = _ids_in(root)
            if name not in ids:
                what = f"@{attribute} points to #{name} in {Path(shown).name}, which is nowhere in that file"
                yield Problem(path, line, column, "pointer", what, "point to an xml:id of that file")
            elif words and root is not None:
                quotations = words_in(root) if quotations is None else quotations
                there = quotations.get(name, words)
                if without_space(there) != without_space(words):
                    here, there = first_difference(words, there)
                    what = f"the witness reads {here!r}, and its quotation #{name} in {Path(shown).name} {there!r}"
                    yield Problem(path, line, column, "words", what, "restore the words of the witness, or the pointer")


def _root(path: Path) -> Element | None:
    try:
        return parse(path.read_bytes(), str(path))
    except (OSError, QuotealignError):
        return None


def _ids_in(root: Element | None) -> set[str]:
    if root is None:
        return set()
    return {str(name) for element in root.iter(f"{{{TEI}}}*") if (name := element.get(XML_ID)) is not None}
