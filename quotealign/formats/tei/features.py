"""Divergences as feature structures, with the declaration that says which features there are."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from quotealign.formats.tei.elements import Element, encodable, tei
from quotealign.formats.tei.ids import local
from quotealign.formats.tei.wording import without_space
from quotealign.model import Divergence, Edit, Span, digest

CLASSES = {
    "verbatim": "the same words",
    "cosmetic": "other marks, case or spacing; the same words",
    "spelling": "another spelling of the same words",
    "trimmed": "words left out, the rest as printed",
    "reworded": "other words of about the same meaning",
    "altered": "an edit that can change the meaning",
    "translated": "another language",
    "undetermined": "the evidence does not tell",
}
"""What became of the words: names and meanings."""

_WHERE = "where in the text of the {} witness: code points from 0, up to the one behind the last; a list of several"
_SYMBOL = re.compile(r"[\w.\-+]+", re.ASCII)


def symbol(text: str) -> str:
    """The text as a value of `symbol`: one word."""
    return text if _SYMBOL.fullmatch(text) else local(text)


def feature(metric: str) -> str:
    """The name of a metric's feature: the metric's own where XML takes it for a name."""
    name = local(metric)
    return name if name[0].isalpha() else f"metric-{name}"


def signature_id(prefix: str, signature: str) -> str:
    """The xml:id of the paragraph that holds the signature of some metrics."""
    return f"{prefix}signature-{digest(signature)}"


def signatures(divergences: Sequence[Divergence], prefix: str) -> list[Element]:
    """A paragraph for each signature: the settings that make the figures repeatable."""
    found = sorted({divergence.signature for divergence in divergences if divergence.signature})
    return [tei("p", signature, xml_id=signature_id(prefix, signature)) for signature in found]


def stands_at(words: str, places: Sequence[Span], text: str) -> bool:
    """Whether some words stand at their places, as XML shows both; white space within them may be another."""
    pieces = [encodable(text[start:end]) for start, end in places if 0 <= start < end <= len(text)]
    tight = all(piece == piece.strip() for piece in pieces)
    return len(pieces) == len(places) and tight and without_space("".join(pieces)) == without_space(encodable(words))


def divergence_structure(
    divergence: Divergence, prefix: str, witness: Callable[[str], str], text: Callable[[str], str]
) -> Element:
    """How far one witness stands from another, and by which edits; `witness` gives the id of a sigil, `text` its text.

    Places at which the words of an edit do not stand are left out.
    """
    metrics = [
        tei("f", _numeric(value), name=feature(name)) for name, value in divergence.metrics.items() if _is_number(value)
    ]
    a, b = text(divergence.a), text(divergence.b)
    edits = [_edit_structure(edit, a, b) for edit in divergence.edits]
    return tei(
        "fs",
        _figure("divergence", divergence.divergence),
        _figure("severity", divergence.severity),
        tei("f", tei("symbol", value=symbol(divergence.label)), name="class"),
        tei("f", tei("fs", *metrics, type="metrics"), name="metrics") if metrics else None,
        tei("f", tei("vColl", *edits, org="list"), name="edits") if edits else None,
        type="divergence",
        xml_id=f"{prefix}divergence-{digest(divergence.a, divergence.b)}",
        corresp=f"#{witness(divergence.a)} #{witness(divergence.b)}",
        ana=f"#{prefix}class.{local(divergence.label)}"
        + (f" #{signature_id(prefix, divergence.signature)}" if divergence.signature else ""),
    )


def classes(divergences: Sequence[Divergence]) -> dict[str, str]:
    """The classes for a taxonomy: ours, and any other that occurs."""
    return CLASSES | {local(d.label): d.label for d in divergences if d.label not in CLASSES}


def declaration(divergences: Sequence[Divergence]) -> Element:
    """The `fsdDecl` for these divergences; closed lists name every value that occurs."""
    metrics = sorted({name for d in divergences for name, value in d.metrics.items() if _is_number(value)})
    edits = [edit for d in divergences for edit in d.edits]
    return tei(
        "fsdDecl",
        tei(
            "fsDecl",
            tei("fsDescr", "How far the second witness stands from the first."),
            _declared("divergence", "how much changed; 0 says the same words", _share()),
            _declared("severity", "the worst edit's; says nothing of how many edits there are", _share()),
            _declared("class", "what became of the words", _one_of([*CLASSES, *(d.label for d in divergences)])),
            _declared("metrics", "named figures; the signature that ana points to makes them repeatable", _a("metrics"))
            if metrics
            else None,
            _declared("edits", "the differences, in order", tei("vColl", _a("edit"), org="list")) if edits else None,
            type="divergence",
        ),
        tei(
            "fsDecl",
            *(_declared(feature(name), name, tei("numeric", value="-INF", max="INF")) for name in metrics),
            type="metrics",
        )
        if metrics
        else None,
        tei(
            "fsDecl",
            _declared("kind", "the type of edit", _one_of([edit.kind for edit in edits]), optional=False),
            _declared("severity", "how much it can change the meaning", _share()),
            _declared("a", "the words of the first witness, where it has any", _any_string()),
            _declared("b", "the words of the second witness, where it has any", _any_string()),
            _declared("a-place", _WHERE.format("first"), _place()),
            _declared("b-place", _WHERE.format("second"), _place()),
            _declared("why", "one line of explanation", _any_string()),
            _declared("source", "where the severity comes from", _any_string()),
            type="edit",
        )
        if edits
        else None,
    )


def _edit_structure(edit: Edit, a: str, b: str) -> Element:
    return tei(
        "fs",
        tei("f", tei("symbol", value=symbol(edit.kind)), name="kind"),
        _figure("severity", edit.severity),
        # A feature left out says that a witness has nothing here.
        tei("f", tei("string", edit.a_text), name="a") if edit.a_text else None,
        tei("f", tei("string", edit.b_text), name="b") if edit.b_text else None,
        tei("f", _places(edit.a), name="a-place") if edit.a and stands_at(edit.a_text, edit.a, a) else None,
        tei("f", _places(edit.b), name="b-place") if edit.b and stands_at(edit.b_text, edit.b, b) else None,
        tei("f", tei("string", edit.why), name="why") if edit.why else None,
        tei("f", tei("string", edit.source), name="source") if edit.source else None,
        type="edit",
    )


def _places(spans: Sequence[Span]) -> Element:
    """Ranges of code points, from the first to behind the last; several in a list."""
    ranges = [tei("numeric", value=str(start), max=str(end)) for start, end in spans]
    return ranges[0] if len(ranges) == 1 else tei("vColl", *ranges, org="list")


def _figure(name: str, value: float) -> Element | None:
    return tei("f", _numeric(value), name=name) if _is_number(value) else None


def _is_number(value: float) -> bool:
    """Whether a figure can be written; one that is not finite is left out."""
    return isinstance(value, int | float) and math.isfinite(value)


def _numeric(value: float) -> Element:
    # Adding zero turns -0.0 into 0.0.
    return tei("numeric", value=format(round(value, 4) + 0.0, ".4f"))


def _declared(name: str, description: str, values: Element, *, optional: bool = True) -> Element:
    return tei(
        "fDecl",
        tei("fDescr", description),
        tei("vRange", values),
        name=name,
        optional="true" if optional else "false",
    )


def _share() -> Element:
    return tei("numeric", value="0", max="1")


def _place() -> Element:
    return tei(
        "vAlt", tei("numeric", value="0", max="INF"), tei("vColl", tei("numeric", value="0", max="INF"), org="list")
    )


def _one_of(values: Sequence[str]) -> Element:
    symbols = [tei("symbol", value=value) for value in dict.fromkeys(symbol(value) for value in values)]
    return symbols[0] if len(symbols) == 1 else tei("vAlt", *symbols)


def _a(kind: str) -> Element:
    return tei("fs", type=kind)


def _any_string() -> Element:
    # Any string but the empty one, as section 18.11 of the TEI Guidelines writes it.
    return tei("vNot", tei("string"))
