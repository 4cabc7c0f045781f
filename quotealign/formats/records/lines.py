"""JSON Lines: a record is an object on a line, and a line that is none is answered with its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats import shapes

SCHEMA = shapes.VERSION

Record = dict[str, Any]

_PRINTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def dump(record: Mapping[str, Any]) -> str:
    """One line of JSON, its line end included. Lone surrogates, which UTF-8 cannot hold, are escaped.

    Numbers that JSON cannot hold (NaN and the infinities, which Python reads) become null.
    """
    try:
        line = _PRINTED.encode(record)
    except ValueError:
        record = _finite(record)
        line = _PRINTED.encode(record)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(record, ensure_ascii=True)
    return line + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(below) for below in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def dump_all(records: Iterable[Mapping[str, Any]]) -> str:
    """JSON Lines, a record a line."""
    return "".join(map(dump, records))


def parse_line(line: str, where: str) -> Record:
    """The object on one line; `InputMalformed` with line and column where there is none."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputMalformed(
            f"not valid JSON ({error.msg})", where=f"{where}:{error.colno}", do="mend or remove this line"
        ) from None
    except ValueError:  # Python refuses integers of thousands of digits
        raise InputMalformed("a number too long to read", where=where, do="mend or remove this line") from None
    except RecursionError:
        raise InputMalformed("JSON nested too deeply", where=where, do="mend or remove this line") from None
    if not isinstance(found, dict):
        raise InputMalformed("not a JSON object", where=where, do="write one record a line")
    return found
