"""A user's bilingual list: two words that say the same, with a tab between them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from quotealign.errors import InputMalformed
from quotealign.formats.files import read_text


def read_lexicon(path: Path) -> dict[str, frozenset[str]]:
    """Each word of the list, case-folded, with those it stands beside; empty lines and lines that begin with # are
    passed over, and what comes behind a second tab.

    Raises `InputMissing` where it cannot be read, `InputMalformed` with the line where a line has no pair.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip().casefold() for field in line.split("\t")]
        if len(fields) < 2 or not fields[0] or not fields[1]:
            what = "a line needs two words with a tab between them"
            raise InputMalformed(what, where=f"{path}:{number}", do="mend this line")
        said[fields[0]].add(fields[1])
        said[fields[1]].add(fields[0])
    return {word: frozenset(others) for word, others in said.items()}
