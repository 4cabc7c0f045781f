"""Text in TeX: what its characters are called there."""

from __future__ import annotations

_LATEX = {
    "\\": "\\textbackslash{}",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "|": "\\textbar{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    '"': "\\textquotedbl{}",
    **{character: f"\\{character}" for character in "{}$&#%_"},
    **{chr(code): " " for code in range(32)},
}
_ESCAPES = str.maketrans(_LATEX)


def printable(text: str) -> str:
    """The text as TeX prints it, whatever characters it holds."""
    return text.translate(_ESCAPES)
