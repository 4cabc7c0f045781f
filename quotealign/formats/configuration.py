"""`quotealign.toml`: options that a project always wants, found in the folder one works in or above it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats.toml import read_toml

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
    file = read_toml(path)

    for key, value in file.found.items():
        if key == table and not isinstance(value, dict):
            raise InputMalformed(f"{table} is no table", where=file.at(key), do=f"write [{table}] above its options")
        if key != table:
            is_table = isinstance(value, dict)
            what = f"no table [{key}]" if is_table else f"{key!r} stands in no table"
            where = file.at("", table=key) if is_table else file.at(key)
            raise InputMalformed(what, where=where, do=f"write [{table}]" + ("" if is_table else " above it"))
    options: dict[str, Any] = {}
    for key, value in file.found.get(table, {}).items():
        if key not in known:
            names = ", ".join(sorted(known))
            raise InputMalformed(f"no option {key!r} in [{table}]", where=file.at(key, table=table), do=f"use {names}")
        kind = known[key]
        if kind is list and isinstance(value, str):
            value = [value]
        right = isinstance(value, int | float) if kind is float else isinstance(value, kind)
        if not right or (kind is list and not all(isinstance(item, str) for item in value)):
            wanted = {list: "a list of strings", str: "a string", float: "a number", bool: "true or false"}[kind]
            raise InputMalformed(f"{key} is not {wanted}", where=file.at(key, table=table), do="mend it")
        if why := fault(key, value):
            raise InputMalformed(f"{key}: {why}", where=file.at(key, table=table), do="mend it")
        if key in paths:
            value = [_beside(path, item) for item in value] if kind is list else _beside(path, value)
        options[key.replace("-", "_")] = value
    return options


def _beside(path: Path, name: str) -> str:
    """A name in the configuration as it is called from here: the folder of the file goes before it."""
    folder = path.parent
    with contextlib.suppress(ValueError):
        folder = folder.relative_to(Path.cwd())
    return str(folder / name)
