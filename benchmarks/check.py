#!/usr/bin/env python3
"""Checking a draft: quotations against many articles, beside scans with difflib and with rapidfuzz.

    python benchmarks/check.py [--quotations 200] [--articles 1000] [--kept 20000] [--most N] [--scanned 6]

Articles and quotations are invented, the same on every run: 2.5 kB an article, in the corpus 3 kB; a quotation is taken
from one, as it stands or with words left out, put in or exchanged, and one in ten is from nowhere. `quotealign` is the
whole command, from files to JSON, start-up included; `page` is the command for one page of eight quotations and ten
files.
`corpus` is the command against a corpus of `--kept` articles, which is made first (`add`, some minutes; 0 leaves both
out), and beside it the scans of as many texts.
The scans are what one writes in an afternoon: for each quotation the article with the best
`rapidfuzz.fuzz.partial_ratio`, or with the most words in matching blocks of `difflib.SequenceMatcher`; they give no
verdict, only a place. They are measured on `--scanned` quotations and counted up. `found` is the share of quotations
that stand somewhere whose article is named. `--most` lowers both sizes, to see that it runs. Prints a table, then one
line of JSON.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

NOUNS = "harbour council bridge budget school river contract winter station market inquiry orchard tunnel ferry".split()
VERBS = "close build repair sell measure defend open visit reject describe borrow promise forget count".split()
JOINS = "because although while before after unless until so that and but where when".split()


def word(rng: random.Random) -> str:
    """A word that is rare."""
    return "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3))


def clause(rng: random.Random) -> str:
    """Eight words or so, of which two are rare."""
    who, what = rng.choice(["we", "they", "the council", "nobody", "every driver"]), rng.choice(NOUNS)
    return f"{who} {rng.choice(['will', 'must', 'did'])} {rng.choice(VERBS)} the {word(rng)} {what} of {word(rng)}"


def article(rng: random.Random, turns: int) -> tuple[str, list[tuple[str, str]]]:
    """A text of about 40 words a turn, and what is said in it, by whom."""
    said, paragraphs = [], []
    for _ in range(turns):
        name = f"{word(rng).capitalize()} {word(rng).capitalize()}"
        words = f"{clause(rng)} {rng.choice(JOINS)} {clause(rng)}"
        words = words[0].upper() + words[1:]
        said.append((words, name))
        paragraphs.append(f"In the meantime {clause(rng)}. “{words},” said {name} on Friday.")
    return "\n\n".join(paragraphs) + "\n", said


def changed(words: str, rng: random.Random) -> str:
    """The words as they stand, or after one change."""
    row = words.split()
    place = rng.randrange(3, len(row) - 3)
    how = rng.randrange(4)
    if how == 1:
        row = row[: -rng.randrange(2, 5)]
    elif how == 2:
        row[place] = word(rng)
    elif how == 3:
        row.insert(place, "not")
    return " ".join(row)


@dataclass(frozen=True)
class Measured:
    """CPU seconds, seconds, most memory in MB and output of a command."""

    cpu: float
    wall: float
    memory: float
    out: bytes

    def line(self, name: str) -> dict[str, Any]:
        """As it is written."""
        return {"name": name, "cpu_s": round(self.cpu, 2), "wall_s": round(self.wall, 2), "mb": round(self.memory)}


def measured(*arguments: str | Path) -> Measured:
    """Run `quotealign`."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        done = subprocess.Popen([sys.executable, "-m", "quotealign", *map(str, arguments)], stdout=out, stderr=err)
        _, status, usage = os.wait4(done.pid, 0)
        done.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        if done.returncode not in (0, 1):
            sys.exit(err.read().decode())
        return Measured(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, out.read())


def by_rapidfuzz(quotation: str, texts: Sequence[str]) -> int:
    """The text with the best partial ratio."""
    return max(range(len(texts)), key=lambda k: fuzz.partial_ratio(quotation, texts[k]))


def by_difflib(quotation: str, texts: Sequence[str]) -> int:
    """The text that shares most words in matching blocks of two or more."""
    words = quotation.split()
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(words)

    def shared(k: int) -> int:
        matcher.set_seq1(texts[k].split())
        return sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)

    return max(range(len(texts)), key=shared)


def made(
    rng: random.Random, articles: int, quotations: int, turns: int
) -> tuple[list[str], list[tuple[int | None, str]], str]:
    """Texts; quotations, each with the number of the text it is from; and the draft that they make."""
    invented = [article(rng, turns) for _ in range(articles)]
    rows: list[tuple[int | None, str]] = []
    draft = ""
    for number in range(quotations):
        if number % 10 == 9:
            home, words, name = None, f"{clause(rng)} {rng.choice(JOINS)} {clause(rng)}", "Somebody Else"
        else:
            home = rng.randrange(len(invented))
            words, name = rng.choice(invented[home][1])
            words = changed(words, rng)
        rows.append((home, words))
        draft += f"“{words},” said {name}.\n\n"
    return [text for text, _ in invented], rows, draft


def judged(name: str, run: Measured, rows: Sequence[tuple[int | None, str]]) -> dict[str, Any]:
    """The line of a run: how much it took, how many it found, and in how many it found what is not there."""
    findings = json.loads(run.out)["findings"]
    assert len(findings) == len(rows)
    pairs = list(zip(findings, rows, strict=True))
    hits = [
        f["verdict"] != "unsupported" and f["passage"]["article"] == f"a{h}" for f, (h, _) in pairs if h is not None
    ]
    false = sum(f["verdict"] != "unsupported" for f, (home, _) in pairs if home is None)
    return run.line(name) | {"found": sum(hits) / len(hits), "false": false}


def scanned(
    name: str, amount: int, texts: Sequence[str], rows: Sequence[tuple[int | None, str]]
) -> Iterator[dict[str, Any]]:
    """The lines of the peers, counted up from some quotations that stand somewhere."""
    sample = [row for row in rows if row[0] is not None][:amount]
    scans: dict[str, Callable[[str, Sequence[str]], int]] = {"rapidfuzz": by_rapidfuzz, "difflib": by_difflib}
    for peer, scan in scans.items():
        start = time.process_time()
        right = [scan(words, texts) == home for home, words in sample]
        spent = (time.process_time() - start) / len(sample) * len(rows)
        yield {"name": name + peer, "cpu_s": round(spent, 1), "found": sum(right) / len(right), "counted_up": True}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotations", type=int, default=200)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kept", type=int, default=20000, help="articles of the corpus")
    parser.add_argument("--most", type=int, default=10**9, help="articles and quotations at most")
    parser.add_argument("--scanned", type=int, default=6, help="quotations for which the peers scan all articles")
    options = parser.parse_args()
    rng = random.Random(0)
    quotations = min(options.quotations, options.most)
    texts, rows, draft = made(rng, min(options.articles, options.most), quotations, 12)
    sizes = [f"{len(rows)} quotations, {len(texts)} articles, {sum(map(len, texts)) / 1e6:.1f} MB"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, amount in (("sources", len(texts)), ("ten", min(10, len(texts)))):
            (folder / part).mkdir()
            for number, text in enumerate(texts[:amount]):
                (folder / part / f"a{number}.txt").write_text(text, encoding="utf-8")
        (folder / "draft.txt").write_text(draft, encoding="utf-8")
        (folder / "page.txt").write_text("\n\n".join(draft.split("\n\n")[:8]) + "\n", encoding="utf-8")
        check = ("check", "-f", "json", "--against")
        lines = [judged("quotealign", measured(*check, folder / "sources", folder / "draft.txt"), rows)]
        lines.append(measured(*check, folder / "ten", folder / "page.txt").line("page"))
        lines += scanned("", options.scanned, texts, rows)
        if kept := min(options.kept, options.most):
            texts, rows, draft = made(rng, kept, quotations, 15)
            sizes.append(f"corpus: {len(rows)} quotations, {len(texts)} articles, {sum(map(len, texts)) / 1e6:.1f} MB")
            (folder / "draft.txt").write_text(draft, encoding="utf-8")
            with (folder / "articles.jsonl").open("w", encoding="utf-8") as stream:
                stream.writelines(json.dumps({"id": f"a{k}", "text": text}) + "\n" for k, text in enumerate(texts))
            measured("corpus", "init", folder / "kept.db")
            lines.append(measured("corpus", "add", folder / "kept.db", folder / "articles.jsonl").line("add"))
            lines[-1]["file_mb"] = round((folder / "kept.db").stat().st_size / 1e6, 1)
            lines.append(judged("corpus", measured(*check, folder / "kept.db", folder / "draft.txt"), rows))
            lines += scanned("corpus ", max(1, options.scanned // 3), texts, rows)
    print(*sizes, sep="\n")
    columns = ("cpu_s", "wall_s", "mb", "found")
    print(f"{'':>16} {'CPU s':>8} {'wall s':>8} {'MB':>8} {'found':>6}")
    for line in lines:
        shown = [f"{line[key]:.2f}" if key in line else "" for key in columns]
        print(
            f"{line['name']:>16} {shown[0]:>8} {shown[1]:>8} {shown[2].removesuffix('.00'):>8} {shown[3]:>6}".rstrip()
        )
    print(json.dumps({"rows": lines, "python": platform.python_version(), "quotations": len(rows)}))


if __name__ == "__main__":
    main()
