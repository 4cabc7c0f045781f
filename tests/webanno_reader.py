"""A reader of WebAnno TSV 3.3 as its documentation describes it and INCEpTION reads it: strict, in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass
class Span:
    """An annotation of the span layer: where it stands, in code points, and what its features say."""

    start: int
    end: int
    features: dict[str, str | None]


@dataclass
class Read:
    """The text of a file, its annotations by number, sentences and tokens, and relations: role, source, target."""

    text: str = ""
    spans: dict[int, Span] = field(default_factory=dict)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[tuple[int, int]] = field(default_factory=list)
    relations: list[tuple[str, int, int]] = field(default_factory=list)


_TEXT = {"\\t": "\t", "\\n": "\n", "\\f": "\f", "\\r": "\r", "\\b": "\b", "\\\\": "\\"}
_VALUE = re.compile(r"\\(->|.)")


def _text(escaped: str) -> str:
    return re.sub(r"\\.", lambda found: _TEXT.get(found.group(), found.group()[1:]), escaped, flags=re.DOTALL)


def _value(escaped: str) -> str | None:
    if escaped == "*":
        return None
    return _VALUE.sub(lambda found: {"t": "\t", "n": "\n"}.get(found.group(1), found.group(1)), escaped)


def read(content: str) -> Read:
    """What a file says; AssertionError where INCEpTION would refuse it."""
    lines = re.split(r"\r\n|\n|\r", content)  # as Java's readLine
    assert lines.pop() == "", "the last line has no end"
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    assert lines[3:5] == ["", ""], "two empty lines behind the header"
    assert lines[-1], "an empty line at the end stands before no sentence"
    features = lines[1].split("|")[1:]
    assert lines[1].startswith("#T_SP=webanno.custom.")
    relation = lines[2].split("|")
    assert relation[0].startswith("#T_RL=webanno.custom.")
    assert relation[-1] == "BT_" + lines[1].split("|")[0].removeprefix("#T_SP=")
    done, units = Read(), ""  # a unit a character: UTF-16, each half of an astral character by itself
    header: list[str] = []
    for line in lines[5:]:
        if line.startswith("#Text=") and (header or not line[:1].isdigit()):
            header.append(_text(line.removeprefix("#Text=")))
            continue
        if not line:
            assert not header
            continue
        name, place, _, *columns = line.split("\t")
        begin, end = map(int, place.split("-"))
        assert re.fullmatch(r"[1-9]\d*-[1-9]\d*", name)
        assert len(columns) >= len(features) + 2
        if header:
            if len(units) > begin:
                assert len(units) == begin + 1
                units = units[:-1]
            units += " " * (begin - len(units))
            assert name.endswith("-1")
            done.sentences.append((len(units), 0))
            units += _halves("\n".join(header)) + "\n"
            done.sentences[-1] = (begin, len(units) - 1)
            header = []
        assert begin < end <= done.sentences[-1][1]
        done.tokens.append((begin, end))
        stacked = [re.split(r"(?<!\\)\|", column) for column in columns[: len(features)] if column != "_"]
        for values in zip(*stacked, strict=True):
            (number,) = {int(re.search(r"(?<!\\)(?:\\\\)*\[(\d+)\]$", value)[1]) for value in values}  # type: ignore[index]
            said = [_value(value[: value.rindex("[")]) for value in values]
            known = done.spans.setdefault(number, Span(begin, end, dict(zip(features, said, strict=True))))
            known.end = end
        if columns[len(features)] != "_":
            roles, sources = (column.split("|") for column in columns[len(features) : len(features) + 2])
            for role, source in zip(roles, sources, strict=True):
                one, other = map(int, re.fullmatch(r"\d+-\d+\[(\d+)_(\d+)\]", source).groups())  # type: ignore[union-attr]
                done.relations.append((role, one, other))
    done.text = _whole(units[:-1])
    back = [0] * (len(units) + 1)
    at = 0
    for place, character in enumerate(done.text):
        back[at] = place
        at += len(_halves(character))
        back[at] = place + 1
    done.sentences, done.tokens = ([(back[s], back[e]) for s, e in some] for some in (done.sentences, done.tokens))
    for span in done.spans.values():
        span.start, span.end = back[span.start], back[span.end]
    return done


def _halves(text: str) -> str:
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(int.from_bytes(data[at : at + 2], "little")) for at in range(0, len(data), 2))


def _whole(units: str) -> str:
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
