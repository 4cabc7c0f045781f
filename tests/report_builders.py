"""Small alignments made by hand for the tests of the report: invented sentences, collated word by word with difflib."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

from quotealign.model import (
    Alignment,
    Apparatus,
    Article,
    Cluster,
    Divergence,
    Edit,
    Kind,
    Notice,
    Passage,
    Quotation,
    Speaker,
    Token,
)

ADA = Speaker("ada-mill", "Ada Mill")
BEN = Speaker("ben-ode", "Ben Ode")


def tokens(text: str) -> list[Token]:
    """Words and marks with the space behind them."""
    words = re.findall(r"[\w’'\-]+\s*|[^\w\s]\s*", text)
    return [Token(t, re.sub(r"[\W_]", "", t).lower() or t.strip()) for t in words]


def article_of(
    identifier: str,
    *quotes: tuple[str, Kind, Speaker | None],
    lang: str = "en",
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> tuple[Article, tuple[Quotation, ...]]:
    """An article that holds these quotations, a paragraph each."""
    text, found = f"{title or 'A town prepares'}\n\n", []
    for number, (words, kind, speaker) in enumerate(quotes):
        text += "The council met again on Monday, and few seats were empty. “"
        span = (len(text), len(text) + len(words))
        text += f"{words}” was heard in the hall before the vote.\n\n"
        cue = Passage("was heard", None)
        found.append(
            Quotation(
                f"{identifier}-q{number}",
                identifier,
                lang,
                kind,
                words,
                (span,),
                cue=cue,
                speaker=speaker,
                outlet=outlet,
                published=published,
            )
        )
    return Article(identifier, text, lang, title, outlet, published, url), tuple(found)


def edits_between(a: str, b: str) -> tuple[Edit, ...]:
    """Edits of the words of two texts, typed as far as a toy can."""
    left, right = tokens(a), tokens(b)
    starts_a, starts_b = _starts(left), _starts(right)
    found = []
    matcher = difflib.SequenceMatcher(None, [t.n for t in left], [t.n for t in right], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        kind = {"replace": "synonym", "delete": "deletion", "insert": "insertion"}[tag]
        a_text, b_text = "".join(t.t for t in left[i:j]).strip(), "".join(t.t for t in right[k:m]).strip()
        if not re.search(r"\w", a_text + b_text):
            kind = "punctuation"
        elif "not" in b_text.split() or "ne" in b_text.split():
            kind = "negation"
        severity = {"synonym": 0.05, "punctuation": 0.0, "negation": 0.85}.get(kind, 0.2)
        span_a = ((starts_a[i], starts_a[i] + len(a_text)),) if a_text else ()
        span_b = ((starts_b[k], starts_b[k] + len(b_text)),) if b_text else ()
        found.append(Edit(kind, span_a, span_b, severity, a_text, b_text))
    return tuple(found)


def _starts(found: Sequence[Token]) -> list[int]:
    starts, place = [], 0
    for token in found:
        starts.append(place)
        place += len(token.t)
    return [*starts, place]


def compared(cluster: str, a: Quotation, b: Quotation) -> Divergence:
    """A divergence with a plausible class."""
    edits = edits_between(a.text, b.text) if a.lang == b.lang else ()
    ratio = difflib.SequenceMatcher(None, a.text, b.text, autojunk=False).ratio()
    worst = max((e.severity for e in edits), default=0.0)
    label = "verbatim" if a.text == b.text else "cosmetic"
    if a.lang != b.lang:
        label, worst = "translated", 0.1
    elif worst >= 0.5:
        label = "altered"
    elif len(b.text) < 0.6 * len(a.text):
        label = "trimmed"
    elif any(e.kind != "punctuation" for e in edits):
        label = "reworded"
    metrics = {"bleu": round(ratio * 0.9, 4), "chrf": round(ratio, 4), "ter": round(1 - ratio, 4)}
    return Divergence(
        cluster,
        a.id,
        b.id,
        round(1 - ratio, 4),
        worst,
        label,
        metrics,
        edits,
        {"languages": [a.lang, b.lang]},
        "bleu|eff:yes|tok:13a|v:2.6.0; chrf|nc:6|nw:0|v:2.6.0",
    )


def collated(cluster: str, quotations: Sequence[Quotation], base: int = 0) -> Apparatus:
    """A word table in which every witness is aligned with the base, columns for insertions added between."""
    core = tokens(quotations[base].text)
    slots: list[list[tuple[Token, ...]]] = []  # per witness: 2n+1 slots, odd ones the base's words
    for quotation in quotations:
        mine = tokens(quotation.text)
        row: list[tuple[Token, ...]] = [()] * (2 * len(core) + 1)
        matcher = difflib.SequenceMatcher(None, [t.n for t in core], [t.n for t in mine], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "insert":
                row[2 * i] = tuple(mine[k:m])
                continue
            for n in range(i, j):
                last = m if n == j - 1 else min(k + n - i + 1, m)
                row[2 * n + 1] = tuple(mine[min(k + n - i, m) : last])
        slots.append(row)
    kept = [n for n in range(2 * len(core) + 1) if any(row[n] for row in slots)]
    table = tuple(tuple(row[n] or None for n in kept) for row in slots)
    return Apparatus(cluster, tuple(q.id for q in quotations), table, (base,) * len(kept))


def alignment_of(
    parts: Sequence[tuple[Article, tuple[Quotation, ...]]],
    clusters: Sequence[Sequence[str]],
    *,
    base: int = 0,
    notices: tuple[Notice, ...] = (),
    settings: tuple[tuple[str, str], ...] = (),
) -> Alignment:
    """An alignment of these articles in which these quotations stand together."""
    quotations = {q.id: q for _, found in parts for q in found}
    made, apparatuses, divergences = [], [], []
    for number, ids in enumerate(clusters):
        name = f"c{number}"
        members = [quotations[i] for i in ids]
        made.append(Cluster(name, tuple(ids), members[min(base, len(members) - 1)].text))
        apparatuses.append(collated(name, members, min(base, len(members) - 1)))
        divergences += [compared(name, a, b) for i, a in enumerate(members) for b in members[i + 1 :]]
    return Alignment(
        tuple(article for article, _ in parts),
        tuple(quotations.values()),
        tuple(made),
        tuple(apparatuses),
        tuple(divergences),
        notices,
        settings,
    )


LONG = (
    "Our town and its neighbours will share the cost of the new bridge, from the first pillar to the last lamp, "
    "and nobody will pay for what they do not use, whether they live on this bank or on the other one"
)
ALTERED = LONG.replace("will share the cost", "will not share the cost").replace("nobody will pay", "few will pay")
REWORDED = LONG.replace("share", "split").replace("the new bridge", "a new bridge").replace("nobody", "no one") + "."


def town() -> Alignment:
    """Five articles, three clusters: one altered with a fragment, one French and English, one verbatim."""
    french = "Le pont sera ouvert au printemps et le péage restera modeste"
    arabic = "سيفتح الجسر في الربيع وستبقى الرسوم معقولة"
    english = "The bridge will open in spring and the toll will stay modest"
    short = "We are glad to start"
    D, M = Kind.DIRECT, Kind.MIXED
    parts = [
        article_of(
            "n1",
            (LONG, D, ADA),
            (english, D, BEN),
            (short, D, ADA),
            ("Golden Lamp", Kind.TITLE, None),
            outlet="Harbour Gazette",
            published="2021-03-02T08:00:00Z",
            title="Bridge to open in spring",
            url="https://example.org/1",
        ),
        article_of(
            "n2",
            (REWORDED, D, ADA),
            (short, M, ADA),
            ("safe zone", Kind.TERM, None),
            outlet="River Post",
            published="2021-03-03",
        ),
        article_of("n3", (ALTERED, D, BEN), (short, D, None), published="2021-03-02"),
        article_of("n4", (french, D, BEN), (short, D, ADA), lang="fr", outlet="Le Courrier", title="Un pont"),
        article_of(
            "n5",
            (arabic, Kind.INDIRECT, BEN),
            lang="ar",
            outlet="صحيفة النهر",
            published="2021-03-04",
            title="افتتاح الجسر",
        ),
        article_of("n6", (" ".join(LONG.split()[:12]), M, ADA), outlet="River Post", published="2021-03-05"),
    ]
    return alignment_of(
        parts,
        [["n1-q0", "n2-q0", "n3-q0", "n6-q0"], ["n1-q1", "n4-q0", "n5-q0"], ["n1-q2", "n2-q1", "n3-q1", "n4-q1"]],
        notices=(
            Notice(
                "mark-odd",
                "/home/somebody/in/n3.txt:4:2",
                "a closing mark without an opening one",
                "check the marks there",
            ),
        ),
        settings=(("extraction", "rules"), ("threshold", "0.45")),
    )


def squeezed(text: str) -> str:
    return " ".join(text.split())


def contrast(a: str, b: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def hostile() -> Alignment:
    """Every string of every record tries to leave its place."""
    bad = "</style></script><script>alert(1)</script>\"'>&{{ 7*7 }}{% raw %}"
    speaker = Speaker(bad, bad)
    one = Quotation(bad + "1", bad, bad, Kind.DIRECT, bad, ((0, len(bad)),), speaker=speaker, outlet=bad, published=bad)
    two = replace(one, id=bad + "2", text=bad + " x", speaker=Speaker("o", bad + "o"))
    article = Article(bad, bad + bad, bad, bad, bad, bad, "javascript:alert(1)")
    made = alignment_of([(article, (one, two))], [[one.id, two.id]], settings=((bad, bad),))
    edit = Edit(bad, ((0, 3),), ((0, 3),), 0.9, bad, bad, bad)
    divergence = Divergence(made.clusters[0].id, one.id, two.id, 0.5, 0.9, bad, {bad: 0.5}, (edit,), {bad: bad}, bad)
    return replace(made, divergences=(divergence,), notices=(Notice(bad, bad, bad, bad, True),))


VOID = {"meta", "br", "rect", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """What the tests ask of a page: tags with attributes, text, and whether every tag is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]
