"""Packages for archives: a folder of results with checksums, a description, and whatever else an archive asks for.

A package is made whole or not at all, and reads no clock: the same folder gives the same bytes. What publishes it and
how it was made is read from the folder's corpus file, where one is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotealign.errors import InputEmpty, InputMissing, OutputRefused
from quotealign.formats.files import storing_folder
from quotealign.formats.packages import bag, checksums, crate
from quotealign.formats.packages.checksums import Listed, check, is_package
from quotealign.formats.tei.corpus import included_by, not_included
from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.publication import publication_in
from quotealign.model import Notice

__all__ = ["FORMS", "Packed", "check", "is_package", "package"]

FORMS = {
    "bag": "BagIt, with an RO-Crate in it",
    "crate": "RO-Crate, with checksums",
    "checksums": "checksums only",
}
"""Name → what such a package is."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: how many files of the folder, and their octets."""

    files: int
    octets: int


def package(
    folder: Path,
    target: Path,
    *,
    version: str,
    form: str = "bag",
    edition: Edition = PLAIN,
    replace: bool = False,
    tell: Callable[[Notice], None] = lambda notice: None,
) -> Packed:
    """Copy a folder into a new package, of a form of `FORMS`.

    `version` is this program's; `edition` goes before what the folder's corpus file says of publication. A package that
    stands there is only replaced where that is asked for, and what is no package never. `tell` is given what a person
    should know: what was left out, what the description lacks.

    Raises `InputMissing`, `InputEmpty`, `OutputRefused`.
    """
    files = _files(folder, tell)
    _refuse(folder, target, replace)
    told = publication_in(folder).laid_over(edition)
    with storing_folder(target) as temporary:
        inside = temporary / bag.PAYLOAD if form == "bag" else temporary
        payload = [_copied(folder, name, inside) for name in files]
        packed = Packed(len(payload), sum(one.size for one in payload))
        if form != "checksums":
            for lack in crate.lacking(told):
                tell(Notice("description", str(target), *lack))
            payload.append(crate.write(inside, payload, told, version=version))
        if form == "bag":
            bag.write(temporary, payload, told, version=version)
        else:
            checksums.write(temporary, payload)
    return packed


def _files(folder: Path, tell: Callable[[Notice], None]) -> list[str]:
    """The names of all files in a folder, in order; hidden ones, which programs leave lying, are told."""
    if not folder.is_dir():
        raise InputMissing("no such folder", where=str(folder), do="name a folder that align or export has written")
    described = folder / checksums.METADATA
    if described.is_file() and not (folder / checksums.MANIFEST).is_file():
        raise OutputRefused(
            "a description by another hand", where=str(described), do="put it elsewhere, or make no package"
        )
    if is_package(folder):
        raise OutputRefused("a package already", where=str(folder), do="name the folder that it was made of")
    names = list(checksums.names_in(folder))
    hidden = [name for name in names if any(part.startswith(".") for part in name.split("/"))]
    if hidden:
        what = f"{len(hidden)} hidden file{'s' * (len(hidden) > 1)} left out, {hidden[0]} first"
        tell(Notice("hidden", str(folder), what))
    names = [name for name in names if name not in hidden]
    for notice in not_included(folder, _left_over(folder, names)):
        tell(notice)
    if not names:
        raise InputEmpty("an empty folder", where=str(folder), do="name a folder that align or export has written")
    for name in names:
        path = folder / name
        if path.is_symlink() or not path.is_file():
            what = "a link" if path.is_symlink() else "no plain file"
            raise OutputRefused(f"{what}, which no package keeps", where=str(path), do="put a file there, or remove it")
        if any("\ud800" <= character <= "\udfff" for character in name):
            raise OutputRefused("a name that is no UTF-8", where=ascii(str(path)), do="rename this file")
    if not any(crate.is_ours(folder / name) for name in names):
        what = "nothing in this folder was written by quotealign"
        raise InputEmpty(
            what, where=str(folder), do="name the folder that align, tei write or corpus export has written"
        )
    return names


def _refuse(folder: Path, target: Path, replace: bool) -> None:
    here, there = folder.resolve(), target.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise OutputRefused("the package would lie in its own folder", where=str(target), do="name another place")
    if not target.name or (target.exists() and not is_package(target)):
        raise OutputRefused(
            "something stands there that is no package", where=str(target), do="name another place with -o"
        )
    if target.exists() and not replace:
        raise OutputRefused("a package stands there", where=str(target), do="name another place, or say --replace")


def _copied(folder: Path, name: str, inside: Path) -> Listed:
    path = inside / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("rb") as source, path.open("wb") as copy:
        return checksums.listed(name, source, copy)


def _left_over(folder: Path, names: Sequence[str]) -> list[str]:
    """TEI files beside a corpus file that it does not include: of an earlier run, of other articles."""
    left: list[str] = []
    for corpus in (name for name in names if name.rpartition("/")[2] == "corpus.xml"):
        place = corpus.removesuffix("corpus.xml")
        included = set(included_by(folder / corpus))
        beside = [name.removeprefix(place) for name in names if name.startswith(place) and name.endswith(".xml")]
        left += [place + name for name in beside if "/" not in name and name not in {*included, "corpus.xml"}]
    return left
