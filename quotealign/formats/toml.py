"""TOML files of the user's: what is wrong in one is told with its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats.files import read_text

_PLACE = re.compile(r"(.*) \(at line ([0-9]+), column ([0-9]+)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Toml:
    """What a file says, and where: `found` by key, `lines` as they stand there."""

    path: Path
    found: dict[str, Any]
    lines: tuple[str, ...]

    def at(self, key: str, *, table: str = "", nth: int = 0) -> str:
        """The file and the line in which a key is set, at the top or in a table (of a list of tables the `nth`, from
        0); where the key stands nowhere, that of its table, else the file."""
        inside, number = not table, -1
        where = str(self.path)
        for place, line in enumerate(self.lines, 1):
            if head := re.match(r"\s*\[\[?\s*([^\]]*?)\s*\]", line):
                number += head[1] == table
                inside = bool(table) and head[1] == table and number == nth
                if inside:
                    where = f"{self.path}:{place}"
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return f"{self.path}:{place}"
        return where


def read_toml(path: Path) -> Toml:
    """The file. Raises `InputMissing`, `InputBinary`, `InputMalformed`."""
    text = read_text(path)
    try:
        return Toml(path, tomllib.loads(text), tuple(text.split("\n")))
    except tomllib.TOMLDecodeError as error:
        told = _PLACE.fullmatch(str(error))
        what, where = (told[1], f"{path}:{told[2]}:{told[3]}") if told else (str(error), str(path))
        raise InputMalformed(f"not valid TOML ({what})", where=where, do="mend this place") from None
