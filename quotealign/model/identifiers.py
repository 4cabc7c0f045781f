"""Names for things that must stay the same for decades: ids are NCNames, made of content, never of order."""

from __future__ import annotations

import hashlib
import re

_NOT_IN_NAME = re.compile(r"[^\w.\-]|[\U00010000-\U0010FFFF]")
_PREFIX = "a."


def digest(*parts: str, length: int = 10) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of the parts (UTF-8, NUL between them)."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:length]


def ncname(name: str) -> str:
    """An XML NCName for any string; two different strings give two different names.

    A string that is a plain NCName already stays as it is. Others get the prefix `a.`, and where a
    character had to be replaced, a digest of the original behind them.
    """
    # Word characters beyond ASCII are mostly, not always, allowed in XML names: only ASCII is kept.
    kept = _NOT_IN_NAME.sub("_", name)
    kept = "".join(c if c.isascii() else "_" for c in kept)
    if kept == name and re.match(r"[A-Za-z_]", name) and not name.startswith(_PREFIX):
        return name
    return f"{_PREFIX}{kept}" if kept == name and name else f"{_PREFIX}{kept}.{digest(name, length=8)}"
