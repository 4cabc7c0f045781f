"""Misquotations of our own (tests/misquotations/): how many edits of each kind fall on the right side of one half.

The half behind `# held` is not read while the word lists are made (in English it was written before them);
`python tests/test_misquotations.py` prints the shares, with `-v` the sentences of the first half that go wrong.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from quotealign.model import Divergence
from quotealign.scoring import score
from quotealign.scoring.severity import GRAVE

_FILES = Path(__file__).parent / "misquotations"
_PLANTED = re.compile(r"\{([^|{}]*)\|([^{}]*)\}")


class Case(NamedTuple):
    """A sentence as said and as misquoted; whether the words planted change the meaning."""

    kind: str
    lang: str
    held: bool
    a: str
    b: str
    grave: bool


def cases() -> list[Case]:
    """All sentences of the files."""
    found = []
    for path in sorted(_FILES.glob("*.txt")):
        held = False
        family, _, lang = path.stem.partition(".")
        for line in path.read_text("utf-8").splitlines():
            held = held or line.startswith("# held")
            if line.startswith("#") or not line.strip():
                continue
            kind, sign, text = line.split(" | ") if family == "kinds" else (path.stem, "", line)
            grave = sign == "+" if sign else family == "opposites"
            a, b = (_PLANTED.sub(lambda m, k=k: m[k], text) for k in (1, 2))  # type: ignore[misc]
            found.append(Case(kind, lang or "en", held, a, b, grave))
    return found


def is_right(case: Case) -> bool:
    """Whether the severity stands on the side of one half where the case belongs."""
    return (_score(case).severity >= GRAVE) == case.grave


def _score(case: Case) -> Divergence:
    return score(case.a, case.b, lang_a=case.lang, lang_b=case.lang, names=())


def shares(*, held: bool) -> dict[str, float]:
    """For each kind of one half of the sentences the share that is on the right side."""
    right = defaultdict(list)
    for case in cases():
        if case.held == held:
            right[case.kind].append(is_right(case))
    return {kind: sum(marks) / len(marks) for kind, marks in right.items()}


@pytest.mark.parametrize("kind", sorted(path.stem for path in _FILES.glob("*s*.txt") if path.stem != "kinds"))
def test_most_opposites_are_grave_and_most_synonyms_are_not(kind: str) -> None:
    """Words that the lists were not made from: eight in ten fall on the right side."""
    assert shares(held=True)[kind] >= 0.8


if __name__ == "__main__":
    for half in (False, True):
        print("held" if half else "open", {k: round(v, 2) for k, v in shares(held=half).items()})
    for case in cases():
        if "-v" in sys.argv and not case.held and not is_right(case):
            edits = [(e.kind, e.a_text, e.b_text, e.severity) for e in _score(case).edits]
            print(case.kind, edits)
