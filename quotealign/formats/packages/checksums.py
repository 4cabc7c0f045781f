"""Manifests: the checksum of each file of a package, as BagIt (RFC 8493) and the program sha256sum write them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quotealign.formats.files import utf8
from quotealign.formats.tei.validation import Checked
from quotealign.model import Problem

MANIFEST = "manifest-sha256.txt"
DECLARATION = "bagit.txt"
METADATA = "ro-crate-metadata.json"
"""The file that makes a folder a bag."""

_PIECE = 1 << 16
_ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_NAMED = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"(\\?)([0-9A-Fa-f]{8,128})[ \t]+\*?(.+)")
_OXUM = re.compile(r"^Payload-Oxum:\s*(\d+)\.(\d+)\s*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A file of a package: its name from the package's root (or its payload's), octets, SHA-256."""

    name: str
    size: int
    sha256: str


def is_package(folder: Path) -> bool:
    """Whether a folder is a bag, is described as an RO-Crate, or has checksums of its files."""
    return any((folder / name).is_file() for name in (DECLARATION, MANIFEST, METADATA))


def names_in(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, in order, with / between; links are not followed."""
    found = []
    for place, _, names in os.walk(folder):
        found += [(Path(place) / name).relative_to(folder).as_posix() for name in names]
    yield from sorted(found)


def listed(name: str, source: BinaryIO, copy: BinaryIO | None = None) -> Listed:
    """What a manifest says of a file; its bytes are copied on the way where that is wanted."""
    sha, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        sha.update(piece)
        size += len(piece)
        if copy is not None:
            copy.write(piece)
    return Listed(name, size, sha.hexdigest())


def put(folder: Path, name: str, text: str) -> Listed:
    """Write a small file of a package."""
    path = folder / name
    path.write_bytes(utf8(text))
    with path.open("rb") as file:
        return listed(name, file)


def write(folder: Path, files: Iterable[Listed]) -> Listed:
    """Write the manifest that `sha256sum -c` reads."""
    return put(folder, MANIFEST, "".join(f"{_sum_line(file)}\n" for file in sorted(files)))


def _sum_line(file: Listed) -> str:
    # coreutils: a backslash before the line tells that its name has escapes.
    name = file.name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if name == file.name else chr(92)}{file.sha256}  {name}"


# -- checking ------------------------------------------------------------------------------------------------------


def check(folder: Path) -> Iterator[Checked]:
    """Compare a package with its manifests, file by file: what is missing, altered, or in none of them.

    Bags by others are read as well, with any checksum that hashlib has. Nothing outside the folder is opened.
    """
    is_bag = (folder / DECLARATION).is_file()
    there = set(names_in(folder))
    manifests = {name: found for name in sorted(there) if "/" not in name and (found := _NAMED.fullmatch(name))}
    for manifest, found in manifests.items():
        tag, algorithm = found.groups()
        own = str(folder / manifest)
        if algorithm not in _ALGORITHMS:
            what = f"checksums by {algorithm}, which are not known"
            yield _wrong(own, "manifest", what, f"use {', '.join(_ALGORITHMS)}")
            continue
        sums, problems = _read(folder / manifest, is_bag, there)
        yield Checked(own, tuple(problems))
        for name, (line, value) in sums.items():
            path = folder / name
            where = str(path)
            if name not in there:
                what = f"missing; {manifest}, line {line}, has its checksum"
                yield _wrong(where, "missing", what, "bring it back, or make the package anew")
            elif _digest(path, folder, algorithm) != value:
                what = f"altered: not the {algorithm} of {manifest}, line {line}"
                yield _wrong(where, "altered", what, "bring back the file that was packed")
            else:
                yield Checked(where, ())
        if not tag:
            yield from _extra(folder, manifest, there, set(sums), is_bag)
    has_manifest = any(not name.startswith("tag") for name in manifests)
    if is_bag:
        yield from _bag(folder, there, has_manifest)
    elif not has_manifest:
        yield _wrong(str(folder), "manifest", "a crate without checksums", f"give it {MANIFEST}")


def _wrong(where: str, code: str, what: str, do: str) -> Checked:
    return Checked(where, (Problem(where, 0, 0, code, what, do),))


def _extra(folder: Path, manifest: str, there: set[str], sums: set[str], is_bag: bool) -> Iterator[Checked]:
    payload = {name for name in there if name.startswith("data/")} if is_bag else there - {manifest}
    for name in sorted(payload - sums):
        where = str(folder / name)
        what = f"not of the package: {manifest} does not have it"
        yield _wrong(where, "extra", what, "remove it, or make the package anew")


def _bag(folder: Path, there: set[str], has_manifest: bool) -> Iterator[Checked]:
    """What RFC 8493 asks of a bag beside its checksums: its declaration, a manifest, the sum of its octets."""
    where = str(folder / DECLARATION)
    lines = (folder / DECLARATION).read_text("utf-8", "replace").split("\n")
    if not re.fullmatch(r"BagIt-Version: \d+\.\d+", lines[0].strip()):
        yield _wrong(where, "bag", "no version of BagIt", "write BagIt-Version: 1.0")
    if not has_manifest:
        what = "a bag without a manifest of its payload"
        yield _wrong(str(folder), "manifest", what, f"give it {MANIFEST}")
    if "bag-info.txt" not in there:
        return
    info = folder / "bag-info.txt"
    promised = _OXUM.search(info.read_text("utf-8", "replace"))
    payload = [folder / name for name in there if name.startswith("data/")]
    found = (sum(path.lstat().st_size for path in payload), len(payload))
    if promised and (int(promised[1]), int(promised[2])) != found:
        what = f"Payload-Oxum is {promised[1]}.{promised[2]}, and the payload has {found[0]}.{found[1]}"
        yield _wrong(str(info), "oxum", what, "bring back the files that were packed")


def _read(path: Path, is_bag: bool, there: set[str]) -> tuple[dict[str, tuple[int, str]], list[Problem]]:
    """For each name in a manifest its line and checksum, and what is wrong with the manifest."""
    sums: dict[str, tuple[int, str]] = {}
    problems = []
    for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.rstrip("\r"))
        name = _name(found[3], bool(found[1]), is_bag, there) if found else ""
        if found is None or not _is_inside(name):
            what = "no checksum and name" if found is None else f"{name!r} leads outside the package"
            do = "mend this line, or make the package anew"
            problems.append(Problem(str(path), number, 1, "manifest", what, do))
        elif name in sums:
            problems.append(Problem(str(path), number, 1, "manifest", f"{name} a second time", "name each file once"))
        else:
            sums[name] = (number, found[2].lower())
    return sums, problems


def _name(written: str, escaped: bool, is_bag: bool, there: set[str]) -> str:
    written = written.removeprefix("./")
    if is_bag:
        name = re.sub("%(0A|0D|25)", lambda found: chr(int(found[1], 16)), written, flags=re.IGNORECASE)
        # Some programs leave % as it is, against section 2.1.3 of the RFC.
        return written if written in there and name not in there else name
    if escaped:
        return re.sub(r"\\([\\nr])", lambda found: {"n": "\n", "r": "\r"}.get(found[1], "\\"), written)
    return written


def _is_inside(name: str) -> bool:
    return not name.startswith(("/", "~")) and ".." not in name.split("/")


def _digest(path: Path, folder: Path, algorithm: str) -> str:
    if not path.resolve().is_relative_to(folder.resolve()):
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, algorithm).hexdigest()
    except OSError:
        return ""
