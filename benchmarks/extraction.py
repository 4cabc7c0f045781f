#!/usr/bin/env python3
"""Speed of `quotealign extract`: characters per CPU-second, start-up included, and whether cost grows with the text.

    python benchmarks/extraction.py [--articles FILE.jsonl] [--most 10000000] [--runs 3]

Without FILE it makes its own articles: invented news prose, one quotation in three sentences, the same on every run.
The same amount of text is measured as many articles of 10 kB and as one article, at growing sizes; FILE, JSON Lines
of articles, is measured as it is. textacy is measured beside it where it and a model of spaCy's are installed in
the environment that runs this. Prints a table, then one line of JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ["Anna Smith", "Karel Brandt", "Lucia Marin", "Tom Okafor", "Ines Duarte", "Paul Renner"]
ROLES = ["the mayor", "a spokesman for the harbour", "the minister of transport", "the head of the union"]
WORDS = "harbour council bridge budget school river contract winter repair station market inquiry".split()


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


def cpu_seconds(path: Path) -> tuple[float, float]:
    """CPU seconds and megabytes of one run over a file of articles."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "quotealign", "extract", str(path), "--max-bytes", "1000000000", "-o", "/dev/null"]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def textacy_seconds(texts: list[str]) -> float | None:
    """CPU seconds of textacy's direct quotations over the same texts, None where it cannot run here."""
    if not (importlib.util.find_spec("textacy") and importlib.util.find_spec("en_core_web_sm")):
        return None
    import time

    import spacy
    from textacy.extract.triples import direct_quotations

    start = time.process_time()
    model = spacy.load("en_core_web_sm")
    for text in texts:
        for paragraph in text.split("\n\n"):
            list(direct_quotations(model(paragraph)))
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000, help="characters of the largest text")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        jobs: list[tuple[str, Path, int]] = []
        if options.articles:
            texts = [json.loads(line)["text"] for line in options.articles.read_text("utf-8").splitlines()]
            jobs.append((options.articles.name, options.articles, sum(map(len, texts))))
        else:
            texts = [prose(10_000, seed) for seed in range(10)]
            size = 10_000
            while size <= options.most:
                many = [prose(10_000, seed) for seed in range(size // 10_000)]
                for name, articles in ((f"{len(many)} of 10 kB", many), ("1 of all", ["\n\n".join(many)])):
                    path = Path(folder) / f"{size}-{len(articles)}.jsonl"
                    lines = (json.dumps({"id": f"a{i}", "lang": "en", "text": t}) for i, t in enumerate(articles))
                    path.write_text("\n".join(lines), encoding="utf-8")
                    jobs.append((name, path, sum(map(len, articles))))
                size *= 10
        print(f"{'articles':>16} {'characters':>12} {'CPU s':>8} {'kchar/CPU s':>12} {'MB':>6}")
        for name, path, characters in jobs:
            figures = [cpu_seconds(path) for _ in range(options.runs)]
            seconds = statistics.median(f[0] for f in figures)
            row = {"articles": name, "characters": characters, "cpu_s": round(seconds, 3)}
            row |= {"kchar_per_cpu_s": round(characters / 1000 / seconds, 1), "mb": round(max(f[1] for f in figures))}
            rows.append(row)
            print(f"{name:>16} {characters:12,} {seconds:8.2f} {row['kchar_per_cpu_s']:12,} {row['mb']:6}")
        peer = textacy_seconds(texts[:10])
        if peer is None:
            print("textacy: not measured, it or en_core_web_sm is not installed here")
        else:
            print(f"textacy: {sum(map(len, texts[:10])) / 1000 / peer:.1f} kchar/CPU s")
    versions = {name: importlib.metadata.version(name) for name in ("quotealign", "rapidfuzz")}
    versions |= {"python": platform.python_version()}
    print(json.dumps({"benchmark": "extraction", "versions": versions, "rows": rows, "textacy_cpu_s": peer}))


if __name__ == "__main__":
    main()
