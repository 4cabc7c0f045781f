"""Bytes to text: UTF-8 first, with or without its signature; older encodings are detected, and said to be.

The text is kept as received: line ends, odd characters and all. Only a byte order mark, which is no text, is
left out.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from quotealign.errors import InputBinary, NameUnknown

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that news has really been stored in. Without this list a detector answers with rarities.
_LEGACY = (
    "cp1252 cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256 cp1257 iso8859_2 mac_roman "
    "shift_jis euc_jp gb18030 big5 euc_kr tis_620"
).split()
_SAMPLE = 200_000
_FEW_BAD = 3
_CONTROLS = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 27}))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a remark where it did not simply come as UTF-8."""

    text: str
    remark: str = ""
    advice: str = ""


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """The text of some bytes. Raises `InputBinary` where they are none, `NameUnknown` for an unknown encoding."""
    if encoding is not None:
        return _as_told(data, encoding)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            body = data[len(signature) :]
            try:
                return Decoded(body.decode(name))
            except UnicodeDecodeError:
                if name != "utf-8":
                    raise InputBinary(
                        f"not valid {name.upper()} in spite of its signature", do="convert it to UTF-8"
                    ) from None
                data = body
    if _looks_binary(data):
        raise InputBinary("a binary file, not text", do="give the text itself, as UTF-8")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _mended(data, error) or _legacy(data)


def refuse_unknown(encoding: str) -> None:
    """Raises `NameUnknown` where there is no such encoding of text."""
    try:
        b"a".decode(encoding)
    except LookupError:
        raise NameUnknown(f"no encoding {encoding!r}", do="use a name such as utf-8 or cp1252") from None
    except UnicodeError:
        return  # one byte is no text in it, but the name is known


def _as_told(data: bytes, encoding: str) -> Decoded:
    refuse_unknown(encoding)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise InputBinary(f"not valid {encoding}{place}", do="name the right --encoding") from None
    return Decoded(text.removeprefix("\ufeff"))


def _looks_binary(data: bytes) -> bool:
    head = data[:8192]
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > len(head) / 50


def _mended(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 with a few bad bytes in it: each becomes U+FFFD. None where most of it is no UTF-8 at all."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    # In bytes: a character of three that is right by chance is rarer than one of two.
    good = sum(len(c.encode("utf-8")) for c in text if c > "\x7f" and c != "\ufffd")
    few = bad <= _FEW_BAD and _western(data) is None
    if good <= bad and not few:
        return None
    places = "1 byte is" if bad == 1 else f"{bad} places are"
    return Decoded(
        text,
        f"{places} not UTF-8, first at byte {error.start}, and read as U+FFFD",
        "mend the file or name its --encoding",
    )


def _legacy(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE], cp_isolation=_LEGACY).best()
    name = _western(data) or (found.encoding if found else "cp1252")
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text, name = data.decode("latin-1"), "latin-1"
    return Decoded(text, f"not UTF-8; read as {name}", "convert it to UTF-8 or name its --encoding")


def _western(data: bytes) -> str | None:
    """cp1252 where few bytes are high, and those Western letters and marks: a detector has too little to go by."""
    high = [byte for byte in data[:_SAMPLE] if byte > 0x7F]
    letters = set("éèêëàâäçîïôöùûüñóíáúßÉÈÀÖÜÄœŒ“”‘’«»–—…€°£©®\u00a0".encode("cp1252"))
    share = sum(byte in letters for byte in high) / max(1, len(high))
    return "cp1252" if share > 0.9 and len(high) < len(data[:_SAMPLE]) / 5 else None
