#!/usr/bin/env python3
"""Speed and memory of writing and checking TEI, beside lxml's own serialisation of the same trees.

    python benchmarks/tei.py [--most 50000] [--runs 1]

Articles are made up, the same on every run, with quotations, cues and speakers in them. For each number of articles a
process of its own writes them as they come (`written`, the making of the articles included), and a second one checks
the folder (`checked`). A third makes the same trees once more (`tree`) and puts each on the disk twice, as a new file:
as we do, read again, compared and renamed into its place (`ours`), and with lxml alone (`lxml`: tostring, write);
`factor` is the one by the other, and `in_memory` the same without the files, read again and compared nevertheless. CPU
seconds, best of the runs; megabytes are a million bytes of TEI, those of memory the largest that the process had.
Prints a table, then one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = (1_000, 50_000)

ARTICLES = '''
import json, random, resource, sys, time
from pathlib import Path
from quotealign.model import Article, Kind, Passage, Quotation, Speaker, digest
WORDS = ("harbour council bridge market winter station river school garden lamp road wall boat morning answer "
         "paper letter plan vote city people water stone window early late quickly never again").split()
NAMES = ["Ann Lee", "Ben Ody", "Cora Maye", "Dan Fitch", "Eva Stone"]
def prose(rng, number):
    return " ".join(rng.choice(WORDS) for _ in range(number))
def made(number):
    """One article with its quotations."""
    rng = random.Random(number)
    text, quotations, at = "", [], 0
    for _ in range(18):
        text += prose(rng, rng.randint(20, 60)).capitalize() + ".\\n\\n"
        if rng.random() < 0.4:
            words, name = prose(rng, rng.randint(5, 25)) + ",", rng.choice(NAMES)
            start = len(text) + 1
            text += f"\\u201c{words}\\u201d {name} said.\\n\\n"
            end = start + len(words)
            quotations.append(Quotation(
                f"n{number}.q.{digest(words)}", f"n{number}", "en", Kind.DIRECT, words, ((start, end),), None,
                Passage("said", (end + 3 + len(name), end + 7 + len(name))),
                Passage(name, (end + 2, end + 2 + len(name))),
                Speaker(name.lower().replace(" ", "-"), name), 0.9, "kind=whole tag=subject-before speaker=name",
                "The Paper", "2021-03-04"))
    url = f"https://example.org/{number}"
    return Article(f"n{number}", text, "en", "Bridge", "The Paper", "2021-03-04", url), quotations
def told(**figures):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({**figures, "mb": round(memory)}))
number, folder = int(sys.argv[1]), Path(sys.argv[2])
'''

WRITE = """
from quotealign.formats.tei.stream import write_each
start = time.process_time()
size = sum(path.stat().st_size for path in write_each(map(made, range(number)), folder, version="1"))
told(cpu=time.process_time() - start, bytes=size)
"""

CHECK = """
from quotealign.formats.tei.validation import check, files
start = time.process_time()
problems = sum(len(one.problems) for one in check(files([str(folder)])))
assert not problems, problems
told(cpu=time.process_time() - start)
"""

BESIDE = """
from lxml import etree
from quotealign.formats.files import store
from quotealign.formats.tei import article_tree
from quotealign.formats.tei.corpus import article_file
from quotealign.formats.tei.serialisation import serialised
spent = dict.fromkeys(("tree", "bytes", "stored", "lxml_bytes", "lxml_stored"), 0.0)
ours, theirs = folder / "ours", folder / "lxml"
ours.mkdir(parents=True), theirs.mkdir()
def timed(part, function, *columns):
    start = time.process_time()
    done = [function(*row) for row in zip(*columns)]
    spent[part] += time.process_time() - start
    return done
def by_lxml(tree):
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
# Some at a time, as a clock is not exact for one.
for first in range(0, number, 50):
    found = [made(n) for n in range(first, min(first + 50, number))]
    names = [article_file(article.id) for article, _ in found]
    trees = timed("tree", lambda article, own: article_tree(article, own, version="1"), *zip(*found))
    # In turns, so that neither always finds the trees in the processor's cache.
    for which in ("ours", "lxml") if first // 50 % 2 else ("lxml", "ours"):
        if which == "ours":
            data = timed("bytes", lambda tree, one: serialised(tree, where="x", source=one[0].text), trees, found)
            timed("stored", lambda data, name: store(data, ours / name), data, names)
        else:
            data = timed("lxml_bytes", by_lxml, trees)
            timed("lxml_stored", lambda data, name: (theirs / name).write_bytes(data), data, names)
told(cpu=sum(spent.values()), **spent)
"""


def ran(program: str, number: int, folder: Path) -> dict[str, Any]:
    """The figures that a program prints, run in a process of its own."""
    command = [sys.executable, "-c", ARTICLES + program, str(number), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.strip()[-2000:])
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def measured(number: int, runs: int) -> dict[str, Any]:
    """Seconds, megabytes a second and memory for so many articles."""
    best: dict[str, dict[str, Any]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for what, program in (("write", WRITE), ("check", CHECK)):
                figures = ran(program, number, folder / "tei")
                best[what] = min(best.get(what, figures), figures, key=lambda one: one["cpu"])
            figures = ran(BESIDE, number, folder / "beside")
            best["beside"] = min(best.get("beside", figures), figures, key=lambda one: one["cpu"])
    size = best["write"]["bytes"] / 1e6
    beside = best["beside"]
    ours, lxml = beside["bytes"] + beside["stored"], beside["lxml_bytes"] + beside["lxml_stored"]
    return {
        "articles": number,
        "tei_mb": round(size, 1),
        "written_mb_per_s": round(size / best["write"]["cpu"], 1),
        "checked_mb_per_s": round(size / best["check"]["cpu"], 1),
        "tree_s": round(beside["tree"], 2),
        "ours_s": round(ours, 2),
        "lxml_s": round(lxml, 2),
        "factor": round(ours / lxml, 2),
        "in_memory": round(beside["bytes"] / beside["lxml_bytes"], 2),
        "write_memory_mb": best["write"]["mb"],
        "check_memory_mb": best["check"]["mb"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--most", type=int, default=max(SIZES), help="the largest number of articles")
    parser.add_argument("--runs", type=int, default=1, help="runs of each, of which the best counts")
    given = parser.parse_args()
    rows = [measured(size, given.runs) for size in [s for s in SIZES if s <= given.most] or [given.most]]
    columns = list(rows[0])
    widths = [max(len(column), *(len(str(row[column])) for row in rows)) for column in columns]
    for line in (dict(zip(columns, columns, strict=True)), *rows):
        print("  ".join(str(line[column]).rjust(width) for column, width in zip(columns, widths, strict=True)))
    print(json.dumps({"benchmark": "tei", "python": platform.python_version(), "rows": rows}))


if __name__ == "__main__":
    main()
