#!/usr/bin/env python3
"""Web pages read: which sentences of the article come out, and which of what stands around it.

    python benchmarks/pages.py [--runs 5] [--most N] [--show]

Pages of invented words in `benchmarks/pages/`, each built as another kind of site builds its pages: themes of blogs,
newspapers and broadcasters, live blogs, AMP, tables of the nineties, `br` for paragraphs, comments, cookie banners,
teasers in the article, text that only a script shows. The twenty of the set `known` were there when our rules were
written; the ten of `held` were written afterwards, and no rule was changed for them. In them `{p3}` stands for three
sentences of the article, `{q}` for one with words in `q`, `{n2}` for two sentences that are not the article's, and
`{h}` for a headline, which counts for nothing. `recall` is the share of the article's sentences that come out,
`precision` the share of the article's among all that come out, `marks` the share of sentences with `q` that come out
with marks. Beside our reader stand trafilatura (`pip install trafilatura`; left out where it is not there) as it is,
comments off, and the same after what `q` and other elements within a line stand for was put into the text. Every page
is filled `--runs` times with other sentences. Prints a table, with `--show` what was lost or let in, then one line of
JSON.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotealign.errors import QuotealignError
from quotealign.formats.articles.pages import html

FOLDER = Path(__file__).parent / "pages"
NOUNS = "harbour council bridge budget school river contract winter station market inquiry orchard tunnel ferry".split()
VERBS = "closed built repaired sold measured defended opened visited rejected described borrowed promised".split()
JOINS = "because although while before after unless until so that and but where when".split()
SLOT = re.compile(r"\{([pnqh])(\d?)\}")


def word(rng: random.Random) -> str:
    """A word that is rare."""
    return "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3))


def clause(rng: random.Random) -> str:
    """Seven words or so."""
    return f"the {word(rng)} {rng.choice(NOUNS)} {rng.choice(VERBS)} the {rng.choice(NOUNS)} of {word(rng)}"


@dataclass
class Page:
    """A filled page: its source, the article's sentences, those around it, and those that have words in `q`."""

    source: str = ""
    article: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)


def filled(template: str, rng: random.Random) -> Page:
    """A page with sentences in its slots."""
    page = Page()

    def fill(slot: re.Match[str]) -> str:
        if slot[1] == "h":
            return f"{word(rng).capitalize()} {rng.choice(NOUNS)} to be {rng.choice(VERBS)} by {word(rng)}"
        if slot[1] == "q":
            words, name = f"{clause(rng)} {rng.choice(JOINS)} {clause(rng)}".capitalize(), word(rng).capitalize()
            page.article.append(f"{words}, said {name}.")
            page.quoted.append(words)
            return f"<q>{words}</q>, said <a href='/people/{name.lower()}'>{name}</a>."
        made = []
        for _ in range(int(slot[2] or 1)):
            made.append(f"{clause(rng)} {rng.choice(JOINS)} {clause(rng)}.".capitalize())
        (page.article if slot[1] == "p" else page.around).extend(made)
        return " ".join(made)

    page.source = SLOT.sub(fill, template)
    return page


def bare(text: str) -> str:
    """The letters and digits of a text, a space between words."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def ours(source: str) -> str:
    """What quotealign reads."""
    try:
        return html(source)[0]
    except QuotealignError:
        return ""


def peers() -> Iterator[tuple[str, Callable[[str], str]]]:
    """trafilatura, as it is and with marks restored."""
    try:
        import trafilatura
    except ImportError:
        return
    from lxml import etree
    from lxml import html as parser

    def plain(source: str) -> str:
        return trafilatura.extract(source, include_comments=False) or ""

    def restored(source: str) -> str:
        root = parser.document_fromstring(source)
        for q in root.iter("q"):
            q.text = "“" + (q.text or "")
            if len(q):
                q[-1].tail = (q[-1].tail or "") + "”"
            else:
                q.text += "”"
        etree.strip_tags(root, "q", "em", "i", "b", "strong", "span", "a", "small")
        return plain(parser.tostring(root, encoding="unicode"))

    yield "trafilatura", plain
    yield "trafilatura, q", restored


@dataclass(frozen=True)
class Counts:
    """What a reader made of some pages: the article's sentences that came out and that did not, those around it that
    did, and the sentences with words in `q`, with marks and all."""

    right: int
    lost: int
    let_in: int
    marked: int
    quoted: int

    def figures(self) -> dict[str, float]:
        """Shares, as the table has them."""
        recall = self.right / max(1, self.right + self.lost)
        precision = self.right / max(1, self.right + self.let_in)
        both = 2 * recall * precision / max(1e-9, recall + precision)
        shares = {"recall": recall, "precision": precision, "f1": both, "marks": self.marked / max(1, self.quoted)}
        return {name: round(share, 3) for name, share in shares.items()}


def pages_of(folder: Path, runs: int = 1, most: int = 10**9) -> list[tuple[str, Page]]:
    """The pages of a folder, each filled so many times, with their names."""
    return [
        (file.stem, filled(file.read_text(encoding="utf-8"), random.Random(f"{file.stem} {run}")))
        for file in sorted(folder.glob("*.html"))[:most]
        for run in range(runs)
    ]


def counted(pages: Sequence[tuple[str, Page]], reader: Callable[[str], str], show: str = "") -> Counts:
    """What a reader makes of some pages; `show` is its name where all that it got wrong is to be shown."""
    right = lost = let_in = marked = 0
    for kind, page in pages:
        text = reader(page.source)
        found = bare(text)
        out = [sentence for sentence in page.article if bare(sentence) not in found]
        into = [sentence for sentence in page.around if bare(sentence) in found]
        right, lost, let_in = right + len(page.article) - len(out), lost + len(out), let_in + len(into)
        marked += sum(f"“{words}”" in text for words in page.quoted)
        if show and (out or into):
            print(f"{show}: {kind}: {len(out)} of {len(page.article)} lost, {len(into)} let in")
    return Counts(right, lost, let_in, marked, sum(len(page.quoted) for _, page in pages))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="fillings of each page")
    parser.add_argument("--most", type=int, default=10**9, help="pages of each set at most")
    parser.add_argument("--show", action="store_true", help="show what each reader lost or let in, page by page")
    options = parser.parse_args()
    rows = []
    for set_, folder in (("known", FOLDER), ("held", FOLDER / "held")):
        pages = pages_of(folder, options.runs, options.most)
        for name, reader in (("quotealign", ours), *peers()):
            counted(pages[:1], reader)  # what is loaded once is not measured
            start = time.process_time()
            found = counted(pages, reader, name if options.show else "")
            spent = round(1000 * (time.process_time() - start) / len(pages), 2)
            rows.append({"set": set_, "name": name, **found.figures(), "ms": spent})
    print(f"{'set':>6} {'':>15} {'recall':>7} {'precision':>9} {'F1':>6} {'marks':>6} {'CPU ms':>7}")
    for row in rows:
        print(
            f"{row['set']:>6} {row['name']:>15} {row['recall']:>7.3f} {row['precision']:>9.3f} {row['f1']:>6.3f} "
            f"{row['marks']:>6.3f} {row['ms']:>7.2f}"
        )
    print(json.dumps({"rows": rows, "python": platform.python_version()}))


if __name__ == "__main__":
    main()
