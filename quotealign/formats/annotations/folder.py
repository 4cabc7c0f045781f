"""Files of annotations in a folder, an article's under its own name, or one article's on standard output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotealign.errors import OutputRefused
from quotealign.formats.annotations.annotated import Annotated
from quotealign.formats.files import make_folder, store, utf8
from quotealign.formats.tei.ids import article_stem


@dataclass(frozen=True, slots=True)
class Folder:
    """A format of several files.

    files   the files of one article, by what stands behind its name in theirs
    main    the one that goes to standard output where there is one article
    beside  files of the whole folder: name to content
    prefix  what stands before an article's name in the names of its files
    """

    files: Callable[[Annotated], Mapping[str, str]]
    main: str
    beside: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""

    def single(self, some: Sequence[Annotated]) -> str:
        """The main file of the only article. Raises `OutputRefused` where there are more."""
        if len(some) > 1:
            what = f"{len(some)} articles have {self.main} files of their own"
            raise OutputRefused(what, where="standard output", do="name a folder with -o")
        return "".join(self.files(annotated).get(self.main, "") for annotated in some)

    def write(self, some: Sequence[Annotated], folder: Path) -> tuple[Path, ...]:
        """Write the files of all articles, and those of the whole folder.

        Raises `OutputRefused` where a file cannot be written, or two articles have one id.
        """
        make_folder(folder)
        written = {name: store(utf8(content), folder / name) for name, content in self.beside.items()}
        taken = {name.lower() for name in written}
        for annotated in some:
            stem = self.prefix + article_stem(annotated.article.id)
            for ending, content in self.files(annotated).items():
                if (stem + ending).lower() in taken:
                    what = f"two articles with the id {annotated.article.id!r} would be written to one file"
                    raise OutputRefused(what, where=stem + ending, do="give each its own id")
                taken.add((stem + ending).lower())
                written[stem + ending] = store(utf8(content), folder / (stem + ending))
        return tuple(written.values())
