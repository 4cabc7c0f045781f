"""CollateX JSON in and out, and plain texts as witnesses."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quotealign.errors import InputEmpty, InputMalformed, InputMissing, QuotealignError
from quotealign.formats.articles.encodings import decode
from quotealign.formats.files import noted, read_all
from quotealign.formats.records import Record, dump, parse_line, table_record, transpositions_record
from quotealign.model import Apparatus, Notice, Token, Witness

Cut = Callable[[str, str], Witness]
"""Cuts a text into a witness: sigil, text."""

# Scripts that write without spaces between words, as Unicode names their characters.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH", "THAI", "LAO", "MYANMAR", "KHMER")
_SHAPE = 'give {"witnesses": [{"id": "A", "content": "…"}, …]}'
_TOKEN = 'write each token as {"t": "as printed", "n": "as compared"}'


@dataclass(frozen=True, slots=True)
class Document:
    """Some witnesses to collate, and what was asked for them."""

    id: str
    witnesses: tuple[Witness, ...]
    segmentation: bool = True
    near: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """How documents are read: what cuts texts, who is told of what is left out, tokens of the longest witness.

    encoding  that of all files; detected without one, UTF-8 first
    """

    cut: Cut
    tell: Callable[[Notice], None]
    longest: int = 10_000
    encoding: str | None = None

    def documents(self, files: Sequence[str]) -> tuple[list[Document], bool]:
        """The documents of some files, and whether they were plain texts.

        One JSON file (or standard input) holds a document, or one a line; plain files are the witnesses of one. A
        file or line that cannot be read is told and left out; raises `QuotealignError` where nothing to collate is
        left, or where a plain text is longer than the longest witness.
        """
        if len(files) == 1:
            where, text = _where(files[0]), self._text(files[0])
            if not text.lstrip().startswith(("{", "[")):
                raise _too_few(where)
            found = list(self._documents(text, where))
            if not found:
                raise InputEmpty("no document could be collated", where=where, do="see what was said above")
            return found, False
        texts = []
        for name, sigil in zip(files, _sigla(files), strict=True):
            try:
                texts.append((sigil, self._text(name)))
            except QuotealignError as error:
                self.tell(Notice("unreadable", error.where, error.what, error.do, skipped=True))
            else:
                if _is_document(texts[-1][1]):
                    raise InputMalformed("CollateX JSON among plain texts", where=_where(name), do="name it alone")
        where = ", ".join(map(_where, files))
        if len(texts) < 2:
            raise _too_few(where)
        witnesses = tuple(self.cut(sigil, text) for sigil, text in texts)
        self._measure(witnesses, "")
        return [Document("collation", witnesses)], True

    def _text(self, name: str) -> str:
        where = _where(name)
        try:
            data = read_all(sys.stdin.buffer) if name == "-" else noted(Path(name)).read_bytes()
        except OSError as error:
            raise InputMissing(f"cannot be read ({error.strerror})", where=where, do="check the path") from None
        try:
            decoded = decode(data, encoding=self.encoding)
        except QuotealignError as error:
            raise type(error)(error.what, where=where, do=error.do) from None
        if not decoded.text.strip():
            raise InputEmpty("holds no text", where=where, do="put text there or leave it out")
        if decoded.remark:
            self.tell(Notice("encoding", where, decoded.remark, decoded.advice))
        return decoded.text

    def _documents(self, text: str, where: str) -> Iterator[Document]:
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError) as error:
            lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
            if not any(_is_document(line) for _, line in lines):
                raise _not_json(error, where) from None
        else:
            yield self._document(whole, where, 1)
            return
        for number, line in lines:
            try:
                yield self._document(parse_line(line, f"{where}:{number}"), f"{where}:{number}", number)
            except QuotealignError as error:
                self.tell(Notice("record", error.where, error.what, error.do, skipped=True))

    def _document(self, record: Any, where: str, number: int) -> Document:
        found = record.get("witnesses") if isinstance(record, dict) else None
        if not isinstance(found, list) or not found:
            raise InputMalformed("no CollateX document: it has no list of witnesses", where=where, do=_SHAPE)
        witnesses = tuple(self._witness(witness, place, where) for place, witness in enumerate(found, 1))
        sigla = [witness.sigil for witness in witnesses]
        if len(set(sigla)) < len(sigla):
            twice = next(sigil for place, sigil in enumerate(sigla) if sigil in sigla[:place])
            raise InputMalformed(f"two witnesses have the id {twice!r}", where=where, do="give each its own")
        self._measure(witnesses, where)
        identifier = record.get("id")
        name = str(number if identifier is None else identifier)
        return Document(name, witnesses, _flag(record, "segmentation", where), _flag(record, "near_match", where))

    def _witness(self, witness: Any, place: int, where: str) -> Witness:
        if not isinstance(witness, dict):
            raise InputMalformed(f"witness {place} is no object", where=where, do=_SHAPE)
        sigil = witness.get("id")
        if isinstance(sigil, bool) or not isinstance(sigil, str | int) or sigil == "":
            raise InputMalformed(f"witness {place} has no id", where=where, do='give it an "id", a string')
        sigil = str(sigil)
        date = witness.get("date")
        date = date if isinstance(date, str) else ""
        if "tokens" in witness:
            return Witness(sigil, _tokens(_checked(witness["tokens"], sigil, where)), date)
        content = witness.get("content")
        if not isinstance(content, str):
            what = "has a content that is no string" if "content" in witness else "has neither content nor tokens"
            raise InputMalformed(f"witness {sigil!r} {what}", where=where, do=_SHAPE)
        if content and not content.strip():
            what = f"witness {sigil!r} is white space only, which a table cannot hold: it has nothing in every unit"
            self.tell(Notice("blank", where, what, "put text there or leave it out"))
        return replace(self.cut(sigil, content), date=date)

    def _measure(self, witnesses: Sequence[Witness], where: str) -> None:
        for witness in witnesses:
            if len(witness.tokens) > self.longest:
                what = f"witness {witness.sigil!r} has {len(witness.tokens):,} tokens, more than {self.longest:,}"
                do = f"shorten it, or allow them with --max-tokens {len(witness.tokens)}"
                raise InputMalformed(what, where=where, do=do)


def _where(name: str) -> str:
    return "standard input" if name == "-" else name


def _too_few(where: str) -> QuotealignError:
    return InputEmpty("one witness is no collation", where=where, do="name two texts or more, or give CollateX JSON")


def _sigla(names: Sequence[str]) -> list[str]:
    stems = [Path(name).stem for name in names]
    return stems if len(set(stems)) == len(stems) else list(names)


def _is_document(text: str) -> bool:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "witnesses" in found


def _flag(record: Record, key: str, where: str) -> bool:
    found = record.get(key, True)
    if not isinstance(found, bool):
        raise InputMalformed(
            f'"{key}" is neither true nor false', where=where, do=f'write "{key}": false, or leave it out'
        )
    return found


def _not_json(error: Exception, where: str) -> InputMalformed:
    if isinstance(error, json.JSONDecodeError):
        return InputMalformed(
            f"not valid JSON ({error.msg})", where=f"{where}:{error.lineno}:{error.colno}", do="mend it"
        )
    return InputMalformed("JSON too deep or with too long a number", where=where, do="mend it")


def _checked(tokens: Any, sigil: str, where: str) -> list[Record]:
    """Tokens as they were given, each with a `t`."""
    if not isinstance(tokens, list):
        raise InputMalformed(f"the tokens of witness {sigil!r} are no list", where=where, do=_TOKEN)
    for number, token in enumerate(tokens, 1):
        if not isinstance(token, dict) or not isinstance(token.get("t"), str):
            raise InputMalformed(f'token {number} of witness {sigil!r} has no "t"', where=where, do=_TOKEN)
        if not isinstance(token.get("n", ""), str):
            raise InputMalformed(f'the "n" of token {number} of witness {sigil!r} is no string', where=where, do=_TOKEN)
    return tokens


def _tokens(given: Sequence[Record]) -> tuple[Token, ...]:
    """The tokens of a witness; where none has a space behind it, they get one as a printer would set it.

    That is for what people read: such a token keeps its `t` among its properties, for the JSON that goes out.
    """
    bare = not any(c.isspace() for token in given for c in token["t"])
    tokens = []
    for number, token in enumerate(given):
        printed: str = token["t"]
        compared: str = token.get("n", printed)
        properties = {key: value for key, value in token.items() if key not in ("t", "n")}
        if bare and number + 1 < len(given) and _is_apart(printed, given[number + 1]["t"]):
            properties["t"] = printed
            printed += " "
        tokens.append(Token(printed, compared.strip(), properties))
    return tuple(tokens)


def _is_apart(word: str, after: str) -> bool:
    """Whether a space stands between two tokens: not behind an opening mark or before a closing one."""
    if not word or not after:
        return False
    last, first = word[-1], after[0]
    if unicodedata.category(last) in ("Ps", "Pi") or unicodedata.category(first) in ("Pe", "Pf", "Po"):
        return False
    return not any(unicodedata.name(c, "").startswith(_UNSPACED) for c in (last, first))


def dump_tables(apparatuses: Sequence[Apparatus]) -> str:
    """Each apparatus as a line of CollateX JSON, with what its tokens carried besides."""
    return "".join(map(_dump, apparatuses))


def _dump(apparatus: Apparatus) -> str:
    record: Record = {"id": apparatus.id, "witnesses": list(apparatus.witnesses), "table": table_record(apparatus)}
    if apparatus.lemma is not None:
        record["lemma"] = list(apparatus.lemma)
    return dump(record | transpositions_record(apparatus))
