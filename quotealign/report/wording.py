"""The words and signs that both faces of the report use, and how figures and names are printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

from quotealign.model import Edit, Kind


@dataclass(frozen=True, slots=True)
class Named:
    """A name of ours as a reader sees it: the word, a sign that needs no colour, one line of meaning."""

    name: str
    sign: str
    meaning: str


# From harmless to grave. A class that is not here stands next to "undetermined": nothing is known of it.
CLASSES: tuple[Named, ...] = (
    Named("verbatim", "=", "the same words, as printed"),
    Named("cosmetic", "·", "only marks, case, spacing or contractions differ"),
    Named("spelling", "a", "only spelling differs"),
    Named("trimmed", "…", "words are left out, the rest is as said"),
    Named("translated", "⇄", "the difference is what a translation leaves"),
    Named("undetermined", "?", "too little in common to tell"),
    Named("reworded", "~", "other words: read them"),
    Named("altered", "≠", "at least one edit may change the meaning"),
)
_RANKS = {named.name: rank for rank, named in enumerate(CLASSES)}

KINDS: tuple[tuple[Kind, Named], ...] = (
    (Kind.DIRECT, Named("direct", "D", "a whole utterance in quotation marks")),
    (Kind.MIXED, Named("mixed", "M", "a marked fragment inside the reporter's own sentence")),
    (Kind.INDIRECT, Named("indirect", "I", "reported without marks")),
    (Kind.TERM, Named("term", "T", "a term in marks; not speech, never compared")),
    (Kind.TITLE, Named("title", "W", "a work, an event or a headline in marks; not speech, never compared")),
)

# Differences of print, not of wording: shown lightly, and left out of the terminal where others exist.
SURFACE = frozenset({"punctuation", "case", "spelling", "contraction", "merge"})

# Kinds of edit brought together: what a reader looks for in a table, each with a colour and a sign of its own.
FAMILIES: tuple[tuple[Named, frozenset[str]], ...] = (
    (
        Named("sense", "!", "a denial, figure, name, date, opposite, degree or certainty: weigh it"),
        frozenset(
            "negation number date unit name antonym contrast modality quantifier intensity pronoun tense".split()
        ),
    ),
    (Named("words", "~", "another word"), frozenset({"synonym", "related", "unrelated"})),
    (
        Named("form", "≈", "another form: inflection, grammar, a bracket"),
        frozenset("inflection derivation function bracket".split()),
    ),
    (Named("print", "·", "marks, case or spelling only"), SURFACE | {"numeral"}),
    (Named("added", "+", "words that the base text does not have"), frozenset({"insertion"})),
    (Named("missing", "−", "words of the base text that are not here"), frozenset({"deletion", "truncation"})),
    (Named("moved", "↷", "the same words in another place"), frozenset({"transposition"})),
)
_FAMILY = {kind: named for named, kinds in FAMILIES for kind in kinds}

HEAVY = 0.5  # a severity from which on an edit is printed heavily

_EDITS = {
    "punctuation": "marks or spacing",
    "case": "capital and small letters",
    "spelling": "another spelling of the word",
    "contraction": "short and long form",
    "bracket": "an edit that brackets declare",
    "numeral": "the same number in other signs",
    "inflection": "another form of the same word",
    "derivation": "a word of the same family",
    "synonym": "a word of the same meaning",
    "related": "a word of a related meaning",
    "number": "a number differs",
    "date": "a date differs",
    "unit": "a unit differs",
    "name": "a name differs",
    "negation": "a negation stands on one side only",
    "antonym": "the opposite word",
    "contrast": "another one of a set: regional, global",
    "modality": "how certain or binding it is",
    "quantifier": "how many or how much",
    "intensity": "how strongly it is put",
    "pronoun": "who is meant by a pronoun",
    "tense": "when it happens",
    "function": "a small grammatical word",
    "unrelated": "a word of another meaning",
    "insertion": "words that the base text does not have",
    "deletion": "words of the base text that are missing",
    "transposition": "the same words in another place",
    "truncation": "the base text goes on where this one stops, or begins before it",
    "merge": "words run together or taken apart",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TURNED = {"insertion": "deletion", "deletion": "insertion"}

# What a screen acts on: controls, and the bidirectional overrides that can make a line read as another one.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_OVERRIDE = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def class_of(label: str) -> Named:
    """The class with this label, or one made up for a label that we do not know."""
    return CLASSES[_RANKS[label]] if label in _RANKS else Named(label or "undetermined", "?", "")


def rank(label: str) -> int:
    """Where a class stands between verbatim (0) and altered."""
    return _RANKS.get(label, _RANKS["undetermined"])


def family_of(kind: str) -> Named:
    """The family of a kind of edit; a kind that we do not know is a matter of words."""
    return _FAMILY.get(kind, FAMILIES[1][0])


def explain(edit: Edit) -> str:
    """One line on an edit: its own, or what its kind means."""
    return edit.why or _EDITS.get(edit.kind, "")


def turned(edit: Edit) -> Edit:
    """The same edit read from `b` to `a`; an explanation that names a direction is left to the kind's meaning."""
    kind = _TURNED.get(edit.kind, edit.kind)
    why = "" if kind != edit.kind or kind == "truncation" else edit.why
    return Edit(kind, edit.b, edit.a, edit.severity, edit.b_text, edit.a_text, why, edit.source)


def figure(value: float | None) -> str:
    """A figure in [0, 1] with two digits, a dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


def sentence(text: str) -> str:
    """A clause as a sentence: a capital in front, a full stop behind."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def count(number: int, one: str, many: str = "") -> str:
    """`1 cluster`, `2 clusters`, `1,204 clusters`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spelled(number: int) -> str:
    """A number as prose has it: a word up to twelve, digits above."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def listed(names: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def day(published: str | None) -> str:
    """The day of an ISO date, or whatever was received in its place."""
    text = (published or "").strip()
    return text[:10] if ISO_DAY.match(text) else text


def moment(published: str | None) -> str:
    """An ISO date such that texts are in the order of time: in UTC where a time zone is given, else as received."""
    text = (published or "").strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    if found.tzinfo is None:
        return text
    try:
        return found.astimezone(UTC).isoformat()
    except OverflowError:
        return text


def language_tag(code: str | None) -> str:
    """A language's code where it is formed like one (BCP 47) and names a language, else nothing: browsers read it."""
    return code if code and code != "und" and _TAG.fullmatch(code) else ""


def isolated(name: str) -> str:
    """A name in a sentence of ours: one with letters from right to left does not turn what stands around it."""
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL", "RLE", "RLO", "LRO", "LRE", "PDF") for letter in name)
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if turns else name


def without_folders(path: str) -> str:
    """An absolute path cut to its last name: where somebody keeps their files is nobody's business."""
    if path.startswith("/") and not path.startswith("//"):
        return PurePosixPath(path).name or path
    if re.match(r"[A-Za-z]:[\\/]", path) or path.startswith("\\\\"):
        return PureWindowsPath(path).name or path
    return path


def printable(text: str) -> str:
    """The text without what could steer a screen; as long as before, so that offsets stay."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The text on one line, safe to send to a terminal."""
    return " ".join(printable(_OVERRIDE.sub("", text)).split())
