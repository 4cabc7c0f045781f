"""A user's list of names: tab-separated alias, canonical name and, where there is one, an authority's id."""

from __future__ import annotations

from pathlib import Path

from quotealign.errors import InputMalformed
from quotealign.formats.files import read_text
from quotealign.model import Alias


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """The aliases of a file; empty lines and lines that begin with # are passed over.

    Raises `InputMissing` where it cannot be read, `InputMalformed` with the line where a line has no name.
    """
    text = read_text(path)
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) < 2 or not fields[0] or not fields[1]:
            what = "a line needs an alias and a name with a tab between them"
            raise InputMalformed(what, where=f"{path}:{number}", do="mend this line")
        found.append(Alias(fields[0], fields[1], fields[2] if len(fields) > 2 and fields[2] else None))
    return tuple(found)
