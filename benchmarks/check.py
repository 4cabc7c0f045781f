#!/usr/bin/env python3
"""Checking a draft: quotations against many articles, beside scans with difflib and with rapidfuzz.

    python benchmarks/check.py [--quotations 200] [--articles 1000] [--most N] [--scanned 6]

Articles and quotations are invented, the same on every run: about 500 words an article; a quotation is taken from one,
as it stands or with words left out, put in or exchanged, and one in ten is from nowhere. `quotealign` is the whole
command, from files to JSON, start-up included; `page` is the command for one page of eight quotations and ten files.
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
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

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


def article(rng: random.Random) -> tuple[str, list[tuple[str, str]]]:
    """A text of about 500 words, and what is said in it, by whom."""
    said, paragraphs = [], []
    for _ in range(12):
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


def measured(arguments: Sequence[str]) -> tuple[float, float, bytes]:
    """CPU seconds, seconds and output of `quotealign check`."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "quotealign", "check", *arguments], capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, done.stdout


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotations", type=int, default=200)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--most", type=int, default=10**9, help="articles and quotations at most")
    parser.add_argument("--scanned", type=int, default=6, help="quotations for which the peers scan all articles")
    options = parser.parse_args()
    rng = random.Random(0)
    made = [article(rng) for _ in range(min(options.articles, options.most))]
    texts = [text for text, _ in made]
    rows: list[tuple[int | None, str]] = []
    draft = ""
    for number in range(min(options.quotations, options.most)):
        if number % 10 == 9:
            home, words, name = None, f"{clause(rng)} {rng.choice(JOINS)} {clause(rng)}", "Somebody Else"
        else:
            home = rng.randrange(len(made))
            words, name = rng.choice(made[home][1])
            words = changed(words, rng)
        rows.append((home, words))
        draft += f"“{words},” said {name}.\n\n"
    lines = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, amount in (("sources", len(texts)), ("ten", min(10, len(texts)))):
            (folder / part).mkdir()
            for number, text in enumerate(texts[:amount]):
                (folder / part / f"a{number}.txt").write_text(text, encoding="utf-8")
        (folder / "draft.txt").write_text(draft, encoding="utf-8")
        (folder / "page.txt").write_text("\n\n".join(draft.split("\n\n")[:8]) + "\n", encoding="utf-8")
        cpu, wall, out = measured([str(folder / "draft.txt"), "--against", str(folder / "sources"), "-f", "json"])
        page_cpu, page_wall, _ = measured([str(folder / "page.txt"), "--against", str(folder / "ten"), "-f", "json"])
    findings = json.loads(out)["findings"]
    assert len(findings) == len(rows)
    hits = [
        f["verdict"] != "unsupported" and f["passage"]["article"] == f"a{home}"
        for f, (home, _) in zip(findings, rows, strict=True)
        if home is not None
    ]
    false = sum(f["verdict"] != "unsupported" for f, (home, _) in zip(findings, rows, strict=True) if home is None)
    lines.append(
        {"name": "quotealign", "cpu_s": round(cpu, 2), "wall_s": round(wall, 2), "found": sum(hits) / len(hits)}
    )
    lines[-1]["false"] = false
    lines.append({"name": "page", "cpu_s": round(page_cpu, 2), "wall_s": round(page_wall, 2)})
    sample = [row for row in rows if row[0] is not None][: options.scanned]
    scans: dict[str, Callable[[str, Sequence[str]], int]] = {"rapidfuzz": by_rapidfuzz, "difflib": by_difflib}
    for name, scan in scans.items():
        start = time.process_time()
        right = [scan(words, texts) == home for home, words in sample]
        spent = (time.process_time() - start) / len(sample) * len(rows)
        lines.append({"name": name, "cpu_s": round(spent, 1), "found": sum(right) / len(right), "counted_up": True})
    print(f"{len(rows)} quotations, {len(texts)} articles, {sum(map(len, texts)) / 1e6:.1f} MB")
    print(f"{'':>12} {'CPU s':>8} {'wall s':>8} {'found':>6}")
    for line in lines:
        shown = [f"{line[key]:.2f}" if key in line else "" for key in ("cpu_s", "wall_s", "found")]
        print(f"{line['name']:>12} {shown[0]:>8} {shown[1]:>8} {shown[2]:>6}".rstrip())
    print(json.dumps({"rows": lines, "python": platform.python_version(), "quotations": len(rows)}))


if __name__ == "__main__":
    main()
