"""What stands between files: ids that are there twice once all is included, and pointers from one file to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quotealign.errors import QuotealignError
from quotealign.formats.tei.elements import TEI, XML_ID
from quotealign.formats.tei.parsing import parse
from quotealign.model import Problem


@dataclass(slots=True)
class Kept:
    """What is remembered of a file: the prefix of its ids, those that do not begin with it, and what it includes."""

    prefix: str
    strays: tuple[str, ...]
    includes: tuple[tuple[Path, tuple[int, int]], ...] = ()
    outward: tuple[tuple[Path, str, str, tuple[int, int]], ...] = ()


def included(kept: dict[Path, tuple[Path, Kept]]) -> Iterator[Problem]:
    """Ids that two files of one corpus share, and files that include themselves."""
    for home, (path, own) in kept.items():
        if not own.includes:
            continue
        group: dict[Path, tuple[int, int]] = {home: (1, 1)}
        waiting = [(own, (0, 0))]
        while waiting:
            current, outer = waiting.pop()
            for target, place in current.includes:
                at = place if outer == (0, 0) else outer
                resolved = target.resolve()
                if resolved == home:
                    what = f"{target.name} includes itself"
                    yield Problem(str(path), *at, "include", what, "include each file once")
                elif resolved not in group:
                    group[resolved] = at
                    if resolved in kept:
                        waiting.append((kept[resolved][1], at))
        for one, other, name in _shared({file: kept[file][1] for file in group if file in kept}):
            what = f"after inclusion the xml:id {name!r} is there twice: in {one.name} and in {other.name}"
            yield Problem(str(path), *group[other], "same-id", what, "give each file a prefix of its own")


def _shared(group: dict[Path, Kept]) -> Iterator[tuple[Path, Path, str]]:
    """For pairs of files that may share ids the first id that they do share."""
    prefixes: dict[str, Path] = {}
    strays: dict[str, Path] = {}
    suspects: dict[tuple[Path, Path], None] = {}
    for file, kept in group.items():
        if kept.prefix and kept.prefix in prefixes:
            suspects[prefixes[kept.prefix], file] = None
        elif kept.prefix:
            prefixes[kept.prefix] = file
        for stray in kept.strays:
            if stray in strays:
                suspects[strays[stray], file] = None
            else:
                strays[stray] = file
    for name, file in (*strays.items(), *((prefix[:-1], file) for prefix, file in prefixes.items())):
        for end, character in enumerate(name, 1):
            other = prefixes.get(name[:end]) if character == "." else None
            if other is not None and other != file:
                suspects[other, file] = None
    for one, other in suspects:
        common = sorted(_ids(one) & _ids(other))
        if common:
            yield one, other, common[0]


def pointed(kept: dict[Path, tuple[Path, Kept]]) -> Iterator[Problem]:
    """Pointers to ids of other files that are not there."""
    wanted: dict[Path, list[tuple[Path, str, str, tuple[int, int]]]] = {}
    for path, own in kept.values():
        for target, name, attribute, place in own.outward:
            wanted.setdefault(target, []).append((path, name, attribute, place))
    for target, pointers in wanted.items():
        ids = _ids(target)
        for path, name, attribute, place in pointers:
            if name not in ids:
                what = f"@{attribute} points to #{name} in {target.name}, which is nowhere in that file"
                yield Problem(str(path), *place, "pointer", what, "point to an xml:id of that file")


def _ids(path: Path) -> set[str]:
    try:
        root = parse(path.read_bytes(), str(path))
    except (OSError, QuotealignError):
        return set()
    return {str(name) for element in root.iter(f"{{{TEI}}}*") if (name := element.get(XML_ID)) is not None}
