#!/usr/bin/env python3
"""Speed of `quotealign extract`: characters per CPU-second, start-up included, and whether cost grows with the text.

    python benchmarks/extraction.py [--articles FILE.jsonl] [--most 10000000] [--runs 3] [--peer FOLDER | --no-peer]

Without FILE it makes its own articles: invented news prose, one quotation in three sentences, the same on every run.
The same amount of text is measured as many articles of 10 kB and as one article, at growing sizes, up to one of 10 MB
beside a thousand of 10 kB. FILE, JSON Lines of articles, is measured as it is.

textacy is measured beside it in the same run, over the same texts, in a virtual environment of its own that is made
in FOLDER where it is not there yet. To attribute it needs a parser of spaCy's: name one that pip can install with
`--model` (the address of a wheel of en_core_web_sm). Without one, textacy runs over an untrained pipeline, which finds
no speaker: that figure is a ceiling of its speed, and says so. Prints a table, then one line of JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

NAMES = ["Anna Smith", "Karel Brandt", "Lucia Marin", "Tom Okafor", "Ines Duarte", "Paul Renner"]
ROLES = ["the mayor", "a spokesman for the harbour", "the minister of transport", "the head of the union"]
WORDS = "harbour council bridge budget school river contract winter repair station market inquiry".split()

PEER = """
import importlib.metadata, importlib.util, json, sys
import spacy
from textacy.extract.triples import direct_quotations

trained = importlib.util.find_spec("en_core_web_sm") is not None
model = spacy.load("en_core_web_sm") if trained else spacy.blank("en")
if not trained:
    model.add_pipe("sentencizer")
found = refused = 0
for line in open(sys.argv[1], encoding="utf-8"):
    for paragraph in json.loads(line)["text"].split("\\n"):
        try:
            found += len(list(direct_quotations(model(paragraph))))
        except ValueError:  # an odd number of marks
            refused += 1
versions = {name: importlib.metadata.version(name) for name in ("textacy", "spacy")}
versions["en_core_web_sm"] = importlib.metadata.version("en_core_web_sm") if trained else None
print(json.dumps({"trained": trained, "found": found, "refused": refused, "versions": versions}))
"""
"""What textacy does with a file of articles, in its own environment: a paragraph a document, as its marks must pair."""

UNTRAINED = (
    "an untrained pipeline, which has no parser to find a speaker with: a ceiling of its speed; "
    "PyPI has no en_core_web_sm of its authors', only copies of others and placeholders"
)


def prose(size: int, seed: int) -> str:
    """Invented news prose of about so many characters."""
    rng = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        name, word, other = rng.choice(NAMES), rng.choice(WORDS), rng.choice(WORDS)
        role = rng.choice(ROLES)
        paragraph = (
            f"The {word} was the subject of a long debate on {rng.choice(['Monday', 'Friday'])}, {role} said. "
            f"“We shall not close the {word} before the {other} is built,” said {name}. "
            f"{name} called the plan “a burden on every {other}” and left the room at {rng.randint(1, 12)} o'clock."
        )
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(paragraphs)


def measured(command: list[str]) -> tuple[float, float, str]:
    """CPU seconds and megabytes of one run of a command, and what it printed."""
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        printed.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed.read().decode("utf-8")


def ours(path: Path) -> list[str]:
    """The command that extracts the quotations of a file of articles."""
    more = ["--max-bytes", "1000000000", "-o", "/dev/null"]
    return [sys.executable, "-m", "quotealign", "extract", str(path), *more]


def peer_python(folder: Path, model: str | None) -> Path:
    """The Python of textacy's own environment, made where it is not there yet."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"installing textacy in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "textacy"], check=True)
    if model is not None:
        subprocess.run([python, "-m", "pip", "install", "--quiet", model], check=True)
    return python


def write(path: Path, texts: list[str]) -> None:
    """Articles in English, as JSON Lines."""
    lines = (json.dumps({"id": f"a{i}", "lang": "en", "text": text}) for i, text in enumerate(texts))
    path.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--most", type=int, default=10_000_000, help="characters of the largest text")
    parser.add_argument("--runs", type=int, default=3)
    folder = Path(tempfile.gettempdir()) / "quotealign-textacy"
    parser.add_argument("--peer", type=Path, metavar="FOLDER", default=folder, help="textacy's own environment")
    parser.add_argument("--no-peer", action="store_true", help="leave textacy out")
    parser.add_argument("--model", help="what pip installs as en_core_web_sm: the address of a wheel")
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    versions: dict[str, str | None] = {n: importlib.metadata.version(n) for n in ("quotealign", "rapidfuzz", "click")}
    versions["python"] = platform.python_version()

    def tell(who: str, name: str, characters: int, command: list[str]) -> str:
        figures = [measured(command) for _ in range(options.runs)]
        seconds = statistics.median(f[0] for f in figures)
        speed = round(characters / 1000 / seconds, 1)
        memory = round(max(f[1] for f in figures))
        print(f"{who:>12} {name:>18} {characters:12,} {seconds:8.2f} {speed:12,} {memory:6}", flush=True)
        rows.append({"who": who, "articles": name, "characters": characters, "cpu_s": round(seconds, 3)})
        rows[-1] |= {"kchar_per_cpu_s": speed, "mb": memory}
        return figures[-1][2]

    with tempfile.TemporaryDirectory() as scratch:
        jobs: list[tuple[str, Path, int]] = []
        if options.articles:
            texts = [json.loads(line)["text"] for line in options.articles.read_text("utf-8").splitlines()]
            jobs.append((options.articles.name, options.articles, sum(map(len, texts))))
        else:
            size = 10_000
            while size <= options.most:
                many = [prose(10_000, seed) for seed in range(size // 10_000)]
                for name, articles in ((f"{len(many)} of 10 kB", many), ("1 of all", ["\n\n".join(many)])):
                    path = Path(scratch) / f"{size}-{len(articles)}.jsonl"
                    write(path, articles)
                    jobs.append((name, path, sum(map(len, articles))))
                size *= 10
        print(f"{'':>12} {'articles':>18} {'characters':>12} {'CPU s':>8} {'kchar/CPU s':>12} {'MB':>6}")
        for name, path, characters in jobs:
            tell("quotealign", name, characters, ours(path))
        growth = None
        if not options.articles:
            # One article beside the same text in many, at the largest size: 1 where cost does not grow with length.
            growth = round(rows[-1]["cpu_s"] / rows[-2]["cpu_s"], 2)
            print(f"one article of {rows[-1]['characters']:,} costs {growth} of what {rows[-2]['articles']} cost")
        peer: dict[str, Any] = {"measured": False, "why": "left out"}
        if not options.no_peer:
            name, path, characters = jobs[0] if options.articles else next((j for j in jobs if j[2] > 50_000), jobs[0])
            script = Path(scratch) / "peer.py"
            script.write_text(PEER, encoding="utf-8")
            try:
                python = peer_python(options.peer, options.model)
                told = json.loads(tell("textacy", name, characters, [str(python), str(script), str(path)]))
            except (subprocess.CalledProcessError, OSError) as error:
                peer["why"] = f"not measurable here: {error}"
            else:
                versions |= told["versions"]
                peer = {"measured": True, **told} | ({} if told["trained"] else {"why": UNTRAINED})
        print(f"textacy: {peer['why']}" if "why" in peer else f"textacy: {peer['found']} quotations found")
        print("versions: " + ", ".join(f"{name} {version}" for name, version in versions.items() if version))
    line = {"benchmark": "extraction", "versions": versions, "rows": rows, "one_beside_many": growth, "textacy": peer}
    print(json.dumps(line))


if __name__ == "__main__":
    main()
