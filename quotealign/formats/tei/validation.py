"""Checking files: each by itself, then what stands between them, which is what is left of them once all is included.

Nothing is kept of a file but the prefix of its ids, those ids that do not begin with it, and its pointers outwards, on
disk where that is much; a large file is checked in slices. So a large archive is checked in little memory. No file
outside the folder of the one that names it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

from quotealign.errors import InputMalformed, InputMissing, QuotealignError
from quotealign.formats.tei import grammar
from quotealign.formats.tei.between import Between, Kept, Pointing
from quotealign.formats.tei.claims import claims_of
from quotealign.formats.tei.elements import XML_ID, Element
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.parsing import parse, places, refuse_too_large
from quotealign.formats.tei.slices import LARGE, Sliced, sliced
from quotealign.formats.tei.soundness import Elsewhere, Facts, Outward, facts_of, faults_of, given
from quotealign.model import Problem

MOST = 20
"""So many problems of one file are told singly, the rest as a number."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, and what is wrong with it, in the order of its lines; `again` where it was told of already."""

    file: str
    problems: tuple[Problem, ...]
    again: bool = False


Place: TypeAlias = Callable[[int, int], tuple[int, int]]


@dataclass(slots=True)
class _Found:
    """Problems and facts of one file on the way."""

    problems: list[Problem] = field(default_factory=list)
    kept: Kept | None = None


def files(inputs: Iterable[str]) -> list[Path]:
    """The files that some names stand for; of a folder, all that end in .xml, in the order of names.

    Raises `InputMissing` where there is no such file or no such file in a folder.
    """
    found: list[Path] = []
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*.xml") if not _is_hidden(p, path) and not p.is_dir())
            if not inside:
                raise InputMissing("no .xml file in this folder", where=name, do="name the folder with the TEI files")
            found += inside
        elif name and path.exists():
            found.append(path)
        else:
            raise InputMissing("no such file or folder", where=name or "(no name)", do="check the path")
    return list(dict.fromkeys(found))


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def check(paths: Iterable[Path]) -> Iterator[Checked]:
    """Check files and all that they include; each comes back when it is done, what stands between files at the end."""
    between = Between()
    for path in paths:
        between.wait(path)
    for path in between.waiting():
        problems: dict[Problem, None] = {}
        for part in _file(path):
            problems |= dict.fromkeys(part.problems)
            if part.kept is not None:
                between.keep(part.kept)
        yield Checked(str(path), _told(list(problems)))
    left: dict[str, list[Problem]] = {}
    for problem in between.problems():
        left.setdefault(problem.file, []).append(problem)
    for name, problems_of in left.items():
        yield Checked(name, _told(problems_of), again=True)


def check_text(data: bytes, where: str) -> tuple[Problem, ...]:
    """The problems of one document by itself."""
    return _told(_document(data, where, Path()).problems)


def _told(problems: list[Problem]) -> tuple[Problem, ...]:
    ordered = sorted(problems)
    if len(ordered) <= MOST:
        return tuple(ordered)
    rest = len(ordered) - MOST
    more = Problem(ordered[0].file, 0, 0, "more", f"{rest} further problem{'s' * (rest > 1)}", "mend those above first")
    return (*ordered[:MOST], more)


# -- one file ------------------------------------------------------------------------------------------------------


def _file(path: Path) -> Iterator[_Found]:
    """What is found in a file, all at once or slice by slice; what several slices have is found several times."""
    try:
        size = path.stat().st_size
        parts = sliced(path) if size >= LARGE else None
        if parts is None:
            refuse_too_large(size, str(path))
        data = b"" if parts else path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        yield _Found([Problem(str(path), 0, 0, "unreadable", what, "check its permissions")])
        return
    except InputMalformed as error:
        yield _Found([_from_error(error, str(path))])
        return
    yield from _sliced(parts, path) if parts else (_document(data, str(path), path.parent),)


def _sliced(parts: Sliced, path: Path) -> Iterator[_Found]:
    twice = parts.twice
    yield _Found(
        [Problem(str(path), line, column, "same-id", *given(name, first)) for name, line, column, first in twice]
    )
    for part in parts:
        found = _document(part.data, str(path), path.parent, part.place, parts.ids.element)
        found.problems = [problem for problem in found.problems if problem.code != "same-id"]
        yield found


def _document(
    data: bytes, where: str, folder: Path, place: Place = lambda *own: own, elsewhere: Elsewhere | None = None
) -> _Found:
    """A document, or a slice of one; `place` tells where in the whole a line and column are."""
    try:
        root = parse(data, where)
    except InputMalformed as error:
        return _Found([_from_error(error, where)])
    faults = list(grammar.faults(root))
    if any(fault.code == "not-tei" for fault in faults):
        return _Found(_placed(faults, root, data, where, place))
    facts, twice = facts_of(root, elsewhere)
    faults += twice
    faults += faults_of(facts)
    includes, refused = _includes(facts, folder)
    outward, lost = _outward(facts, folder)
    faults += refused + lost
    return _Found(_placed(faults, root, data, where, place), _kept(facts, includes, outward, data, place))


def _from_error(error: QuotealignError, where: str) -> Problem:
    line, _, column = error.where.removeprefix(f"{where}:").partition(":")
    at = (int(line), int(column)) if line.isdecimal() and column.isdecimal() else (0, 0)
    code = "doctype" if "DOCTYPE" in error.what else "not-xml"
    return Problem(where, *at, code, error.what, error.do)


def _placed(faults: list[Fault], root: Element, data: bytes, where: str, place: Place) -> list[Problem]:
    if not faults:
        return []
    at = _where(root, {fault.element for fault in faults}, data, place)
    return [Problem(where, *at[fault.element], fault.code, fault.what, fault.do) for fault in faults]


def _where(root: Element, wanted: set[Element], data: bytes, place: Place) -> dict[Element, tuple[int, int]]:
    """Line and column of some elements."""
    starts = places(data)
    found: dict[Element, tuple[int, int]] = {}
    for number, element in enumerate(root.iter(etree.Element)):
        if element in wanted:
            own = starts[number] if number < len(starts) else (element.sourceline or 0, 1)
            found[element] = place(*own)
    return found


def _kept(
    facts: Facts,
    includes: list[tuple[Path, Element]],
    outward: list[tuple[Path, Outward]],
    data: bytes,
    place: Place,
) -> Kept:
    top = facts.root.get(XML_ID) or ""
    prefix = top[: top.rfind(".") + 1]
    strays = tuple(name for name in facts.ids if not prefix or not name.startswith(prefix))
    told = claims_of(facts.root, _by_element(outward), facts.ids)
    if not includes and not outward and not told.elements:
        return Kept(prefix, strays, claims=told)
    pointing = [(path, out) for path, out in outward if out.name]
    wanted = {element for _, element in includes} | {out.element for _, out in pointing} | told.elements
    at = _where(facts.root, wanted, data, place)
    return Kept(
        prefix,
        strays,
        tuple((path, at[element]) for path, element in includes),
        tuple(
            Pointing(path, out.name, out.attribute, at[out.element], facts.quoted.get(out.element, ""))
            for path, out in pointing
        ),
        told,
        {element: at[element] for element in told.elements},
    )


def _by_element(outward: list[tuple[Path, Outward]]) -> dict[Element, list[Path]]:
    """The files that each element points to."""
    found: dict[Element, list[Path]] = {}
    for path, out in outward:
        found.setdefault(out.element, []).append(path)
    return found


def _includes(facts: Facts, folder: Path) -> tuple[list[tuple[Path, Element]], list[Fault]]:
    found: list[tuple[Path, Element]] = []
    faults: list[Fault] = []
    seen: set[Path] = set()
    for element in facts.includes:
        href = element.get("href") or ""
        path = _beside(folder, href)
        if path is None:
            what = f"the include of {href!r} leads outside the folder, and is not followed"
            faults.append(Fault(element, "outside-folder", what, "put the file beside this one and name it so"))
        elif not path.is_file():
            do = "write the file, or leave the include out"
            faults.append(Fault(element, "include", f"the included file {href!r} is not there", do))
        elif path in seen:
            faults.append(Fault(element, "include", f"the file {href!r} is included twice", "include it once"))
        else:
            seen.add(path)
            found.append((path, element))
    return found, faults


def _outward(facts: Facts, folder: Path) -> tuple[list[tuple[Path, Outward]], list[Fault]]:
    found: list[tuple[Path, Outward]] = []
    faults: list[Fault] = []
    there: dict[str, bool] = {}
    for out in facts.outward:
        shown = f"@{out.attribute} of <{etree.QName(out.element).localname}>"
        path = _beside(folder, out.path)
        if path is None:
            what = f"{shown} leads to {out.path!r}, outside the folder, which is not looked at"
            faults.append(Fault(out.element, "outside-folder", what, "point to a file of this folder"))
            continue
        if out.path not in there:
            there[out.path] = path.is_file()
        if there[out.path]:
            found.append((path, out))
        else:
            what = f"{shown} leads to {out.path!r}, and there is no such file"
            faults.append(Fault(out.element, "pointer", what, "correct the pointer, or put the file there"))
    return found, faults


def _beside(folder: Path, reference: str) -> Path | None:
    """The file of a relative reference; None where it would lead out of the folder."""
    name = unquote(reference)
    if not name or "\0" in name or "\\" in name or ":" in name or "?" in name or name.startswith("/"):
        return None
    path = folder / name
    try:
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError):
        return None
