"""Files written whole or not at all: to a temporary name beside the place, then renamed; never over an input."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from quotealign.errors import InputBinary, InputMissing, OutputRefused

_PIECE = 1 << 16
_READ: ContextVar[set[tuple[int, int]] | None] = ContextVar("read", default=None)
"""Device and number of each file that was read within `sparing`, by which links and other spellings are one file."""


@contextmanager
def sparing() -> Iterator[None]:
    """As long as it lasts, no file is written over that was `noted` as read before."""
    token = _READ.set(set())
    try:
        yield
    finally:
        _READ.reset(token)


def noted(path: Path) -> Path:
    """The path of a file of the user's that is about to be read: within `sparing` it is not written over."""
    read = _READ.get()
    if read is not None:
        read.update(filter(None, (identity(path),)))
    return path


def refuse_input(path: Path) -> None:
    """Raises `OutputRefused` where the place to be written is a file that was read, whatever name it had then."""
    if _was_read(path):
        raise OutputRefused("one of the inputs, which is not written over", where=str(path), do="name another file")


def _was_read(path: Path) -> bool:
    read = _READ.get()
    return bool(read) and identity(path) in (read or ())


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of a file, the same under all its names; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def read_all(stream: BinaryIO) -> bytes:
    """All that a stream holds, read in pieces: a plain read() that waits for more is deaf to Ctrl-C."""
    once = getattr(stream, "read1", stream.read)
    pieces = []
    while piece := once(_PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def read_text(path: Path, *, to_change: bool = False) -> str:
    """The text of a small file of the user's, UTF-8; one that is read `to_change` it may be written over. Raises
    `InputMissing`, `InputBinary`."""
    try:
        return (path if to_change else noted(path)).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputMissing(f"cannot be read ({error.strerror})", where=str(path), do="check the path") from None
    except UnicodeDecodeError as error:
        raise InputBinary(f"not UTF-8 at byte {error.start}", where=str(path), do="convert it to UTF-8") from None


def make_folder(path: Path) -> Path:
    """The folder, made where it is not there. Raises `OutputRefused`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputRefused(
            "a file stands where the folder should be", where=str(path), do="name another folder"
        ) from None
    except OSError as error:
        raise _refused(path, error) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise OutputRefused(
            "this folder cannot be written", where=str(path), do="change its permissions or name another"
        )
    return path


@contextmanager
def storing_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when it is whole and takes the place of one that stands there. Raises
    `OutputRefused`."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            temporary.mkdir()
            yield temporary
            _put(temporary, path)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise _refused(path, error) from None


def _put(folder: Path, path: Path) -> None:
    """Rename a folder; one that stands there goes aside first, and comes back where the rest fails."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.old") if path.exists() else None
    if aside is not None:
        os.rename(path, aside)
    try:
        os.rename(folder, path)
    except OSError:
        if aside is not None:
            os.rename(aside, path)
        raise
    if aside is not None:
        shutil.rmtree(aside)


def utf8(text: str) -> bytes:
    """The text as UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


@contextmanager
def storing(path: Path) -> Iterator[BinaryIO]:
    """A file to write piece by piece, of which nobody ever sees half. Raises `OutputRefused`."""
    temporary = _beside(path)
    try:
        try:
            with open(temporary, "wb") as file:
                yield file
            refuse_input(path)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refused(path, error) from None


def store(data: bytes, path: Path) -> Path:
    """Write a file so that nobody ever sees half of it. Raises `OutputRefused`."""
    if _was_read(path):
        if _holds(path, data):
            return path  # an input that stands where a result goes and says the same, as texts beside annotations do
        refuse_input(path)
    temporary = _beside(path)
    try:
        try:
            # Four calls of the system and no more: archives are made of many small files.
            with open(temporary, "wb", buffering=0) as file:
                rest = memoryview(data)
                while rest:
                    rest = rest[file.write(rest) :]
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except IsADirectoryError:
        raise _folder_there(path) from None
    except OSError as error:
        raise _refused(path, error) from None
    return path


def store_pieces(pieces: Iterable[bytes], path: Path) -> Path:
    """The same, piece by piece, for what is too large to be held in memory."""
    if path.is_dir():
        raise _folder_there(path)
    with storing(path) as file:
        file.writelines(pieces)
    return path


def _beside(path: Path) -> str:
    """A name for the file while it is not whole, in the same folder."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{os.getpid()}.tmp")


def _holds(path: Path, data: bytes) -> bool:
    try:
        return os.stat(path).st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _folder_there(path: Path) -> OutputRefused:
    return OutputRefused("a folder stands where the file should be", where=str(path), do="name a file with -o")


def _refused(path: Path, error: OSError) -> OutputRefused:
    return OutputRefused(f"cannot be written ({error.strerror})", where=str(path), do="name another place with -o")
