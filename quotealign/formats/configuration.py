"""`quotealign.toml`: options that a project always wants, found in the folder one works in or above it."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats.files import read_text

NAME = "quotealign.toml"


def find(folder: Path) -> Path | None:
    """The configuration that holds in a folder: its own, else that of the next folder above that has one."""
    folder = folder.resolve()
    return next((path for above in (folder, *folder.parents) if (path := above / NAME).is_file()), None)


def read(
    path: Path,
    table: str,
    known: Mapping[str, type],
    paths: frozenset[str],
    fault: Callable[[str, Any], str] = lambda key, value: "",
) -> dict[str, Any]:
    """The options of a command, its table, with underscores for hyphens; `paths` are taken from the file's folder.

    `fault` says what is wrong with the value of a key, and nothing where it is right. Raises `InputMalformed` for what
    is no TOML, and for a table, a key or a value that the command does not know, with its line.
    """
    text = read_text(path)
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputMalformed(f"not TOML ({error})", where=str(path), do="mend it") from None

    def wrong(what: str, key: str, do: str) -> InputMalformed:
        line = _line_of(text, key)
        return InputMalformed(what, where=f"{path}:{line}" if line else str(path), do=do)

    for key, value in whole.items():
        if key == table and not isinstance(value, dict):
            raise wrong(f"{table} is no table", key, f"write [{table}] above its options")
        if key != table:
            what = f"no table [{key}]" if isinstance(value, dict) else f"{key!r} stands in no table"
            raise wrong(what, key, f"write [{table}]" + ("" if isinstance(value, dict) else " above it"))
    options: dict[str, Any] = {}
    for key, value in whole.get(table, {}).items():
        if key not in known:
            raise wrong(f"no option {key!r} in [{table}]", key, f"use {', '.join(sorted(known))}")
        kind = known[key]
        if kind is list and isinstance(value, str):
            value = [value]
        right = isinstance(value, int | float) if kind is float else isinstance(value, kind)
        if not right or (kind is list and not all(isinstance(item, str) for item in value)):
            wanted = {list: "a list of strings", str: "a string", float: "a number", bool: "true or false"}[kind]
            raise wrong(f"{key} is not {wanted}", key, "mend it")
        if why := fault(key, value):
            raise wrong(f"{key}: {why}", key, "mend it")
        if key in paths:
            value = [_beside(path, item) for item in value] if kind is list else _beside(path, value)
        options[key.replace("-", "_")] = value
    return options


def _line_of(text: str, key: str) -> int:
    """The line in which a key or a table is named, 0 where it is not seen: TOML has several ways to write one."""
    name = re.compile(rf"""\s*(\[\s*)?["']?{re.escape(key)}["']?\s*[\].=]""")
    return next((number for number, line in enumerate(text.split("\n"), 1) if name.match(line)), 0)


def _beside(path: Path, name: str) -> str:
    """A name in the configuration as it is called from here: the folder of the file goes before it."""
    folder = path.parent
    with contextlib.suppress(ValueError):
        folder = folder.relative_to(Path.cwd())
    return str(folder / name)
