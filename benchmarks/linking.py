#!/usr/bin/env python3
"""Linking at 10,000, 100,000 and 1,000,000 quotations: time, memory and what is found, beside MinHash.

    python benchmarks/linking.py [--most 1000000] [--no-peer] [--keep FOLDER]

The quotations are invented, the same on every run: a vocabulary with Zipf's frequencies, utterances of 5 to 45 words,
of which some are printed again: exactly, edited (8 % of the words dropped or replaced), reworded (a quarter of them)
or as a fragment (4 words or more). In every twelfth a stock phrase stands, and some people say nothing else; what only
shares a stock phrase is not one utterance. `quotealign cluster` runs in a process of its own: seconds of the clock and
of the CPU, start-up, reading and writing included, and the largest memory.

MinHash (rensa and datasketch, those that are installed; 128 permutations, a locality-sensitive hash at Jaccard 0.5
over the same words and pairs of words) runs over the same file, and what it finds is joined. datasketch stops at
100,000. Recall is that of an utterance with each other print of it, by kind; precision and F1 are B-cubed. Growth is
between two sizes, of CPU seconds; 10 where cost is linear. Prints a table, then one line of JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

FUNCTION = (
    "the of and to a in that it is was for on with as be at by this have from or one had not but what all were when "
    "we there can an your which their said if do will each about how up out them then she many some so these would"
).split()
SYLLABLES = [
    a + b for a in "b d f g h k l m n p r s t v br dr gr kl pl st tr".split() for b in "a e i o u au ei".split()
]
KINDS = ("exact", "edited", "reworded", "fragment")

PEERS = {
    "rensa": """
from rensa import RMinHash, RMinHashLSH
lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
made = []
for place, features in enumerate(read()):
    minhash = RMinHash(num_perm=128, seed=1)
    minhash.update(features)
    made.append(minhash)
    lsh.insert(place, minhash)
for place, minhash in enumerate(made):
    for other in lsh.query(minhash):
        if other < place and minhash.jaccard(made[other]) >= 0.5:
            join(place, other)
""",
    "datasketch": """
from datasketch import MinHash, MinHashLSH
lsh = MinHashLSH(threshold=0.5, num_perm=128)
for place, features in enumerate(read()):
    minhash = MinHash(num_perm=128, seed=1)
    minhash.update_batch([f.encode() for f in features])
    for other in lsh.query(minhash):
        join(place, other)
    lsh.insert(place, minhash)
""",
}
AROUND = """
import json, sys
names, parents = [], []
def read():
    for line in open(sys.argv[1], encoding="utf-8"):
        record = json.loads(line)
        names.append(record["id"])
        parents.append(len(parents))
        words = record["text"].lower().split()
        yield list({*words, *map(" ".join, zip(words, words[1:]))})
def root(place):
    while parents[place] != place:
        parents[place] = place = parents[parents[place]]
    return place
def join(a, b):
    parents[root(a)] = root(b)
"""
WRITE = """
groups = {}
for place in range(len(names)):
    groups.setdefault(root(place), []).append(names[place])
with open(sys.argv[2], "w") as out:
    for members in groups.values():
        if len(members) > 1:
            out.write(json.dumps({"quotations": members}) + "\\n")
"""
MOST_OF = {"datasketch": 100_000}
"""Sizes beyond which a peer is left out: it takes hours."""


def invented(number: int) -> Iterator[tuple[dict[str, Any], int, str]]:
    """So many quotation records, each with the number of its utterance and its kind; the same for the same number."""
    rng = random.Random(number)
    known = [*FUNCTION, *dict.fromkeys("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(60_000))]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(known))))
    names = [f"{rng.choice(SYLLABLES)}{rng.choice(SYLLABLES)}".title() for _ in range(400)]

    def text(length: int) -> list[str]:
        return rng.choices(known, cum_weights=weights, k=length)

    stock = [text(rng.randint(4, 7)) for _ in range(300)]
    made = utterance = 0

    def record(words: list[str], speaker: str, day: int, kind: str) -> tuple[dict[str, Any], int, str]:
        nonlocal made
        made += 1
        found = {"type": "quotation", "id": f"q{made}", "article": f"a{made // 3}", "lang": "en", "kind": "direct"}
        found["text"] = " ".join(words)
        found["published"] = f"20{day // 336 % 30:02}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}"
        found |= {"speaker": {"id": speaker.lower(), "name": speaker}} if rng.random() < 0.7 else {}
        return found, utterance, kind

    while made < number:
        utterance += 1
        words, day, chance = text(min(45, 5 + int(rng.expovariate(1 / 13)))), rng.randrange(3000), rng.random()
        speaker = f"{rng.choice(names)} {rng.choice(names)}"
        if chance < 0.02:
            words = rng.choice(stock)
        elif chance < 0.1:
            at = rng.randint(0, len(words))
            words = [*words[:at], *rng.choice(stock), *words[at:]]
        yield record(words, speaker, day, "text")
        if chance < 0.02 or rng.random() < 0.45:
            continue
        for kind, share in zip(KINDS, (0.3, 0.5, 0.15, 0.5), strict=True):
            if rng.random() >= share or made >= number:
                continue
            printed = words
            if kind in ("edited", "reworded"):
                swapped, dropped = (0.04, 0.08) if kind == "edited" else (0.2, 0.25)
                dice = [rng.random() for _ in words]
                printed = [
                    text(1)[0] if d < swapped else w
                    for w, d in zip(words, dice, strict=True)
                    if not swapped <= d < dropped
                ]
            elif kind == "fragment":
                if len(words) < 8:
                    continue
                length = rng.randint(4, len(words) // 2)
                at = rng.randrange(len(words) - length + 1)
                printed = words[at : at + length]
            if printed:
                yield record(printed, speaker, day + rng.randint(0, 2), kind)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Seconds of the clock, of the CPU, and megabytes of one run of a command."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def scored(found: Path, truth: dict[str, tuple[int, str]]) -> dict[str, Any]:
    """Recall by kind and B-cubed, of the clusters in a file."""
    of: dict[str, int] = {}
    with found.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            of |= dict.fromkeys(json.loads(line)["quotations"], number)
    texts = {utterance: name for name, (utterance, kind) in truth.items() if kind == "text"}
    met, hit = Counter[str](), Counter[str]()
    said, held, both = Counter[int](), Counter[Any](), Counter[Any]()
    for name, (utterance, kind) in truth.items():
        mine = of.get(name, name)
        said[utterance] += 1
        held[mine] += 1
        both[utterance, mine] += 1
        if kind != "text":
            met[kind] += 1
            hit[kind] += of.get(texts[utterance], "") == mine
    precision = sum(n * n / held[mine] for (_, mine), n in both.items()) / len(truth)
    recall = sum(n * n / said[utterance] for (utterance, _), n in both.items()) / len(truth)
    b3 = {"p": precision, "r": recall, "f1": 2 * precision * recall / (precision + recall)}
    return {
        "recall": {kind: round(100 * hit[kind] / met[kind], 1) for kind in KINDS if met[kind]},
        "bcubed": {name: round(100 * value, 1) for name, value in b3.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000, help="quotations of the largest collection")
    parser.add_argument("--least", type=int, default=10_000, help="quotations of the smallest; it grows tenfold")
    parser.add_argument("--no-peer", action="store_true", help="leave MinHash out")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the quotations and the clusters here")
    options = parser.parse_args()
    peers = [] if options.no_peer else [name for name in PEERS if importlib.util.find_spec(name)]
    rows: list[dict[str, Any]] = []
    by_who: dict[str, list[float]] = defaultdict(list)
    print(
        f"{'':>11} {'quotations':>10} {'clock s':>8} {'CPU s':>8} {'per s':>7} {'MB':>6}  "
        + " ".join(f"{kind:>8}" for kind in KINDS)
        + f"  {'B3 P':>5} {'R':>5} {'F1':>5} {'growth':>6}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        size = min(options.least, options.most)
        while size <= options.most:
            source, truth = folder / f"{size}.jsonl", {}
            with source.open("w", encoding="utf-8") as out:
                for record, utterance, kind in invented(size):
                    truth[record["id"]] = utterance, kind
                    out.write(json.dumps(record) + "\n")
            jobs = {"quotealign": [sys.executable, "-m", "quotealign", "cluster", str(source), "-o"]}
            for name in peers:
                if size <= MOST_OF.get(name, size):
                    jobs[name] = [sys.executable, "-c", AROUND + PEERS[name] + WRITE, str(source)]
            for who, command in jobs.items():
                target = folder / f"{size}.{who}.jsonl"
                clock, cpu, memory = measured([*command, str(target)])
                row: dict[str, Any] = {"who": who, "quotations": size, "clock_s": round(clock, 2)}
                row |= {"cpu_s": round(cpu, 2), "per_s": round(size / clock), "mb": round(memory)}
                row |= scored(target, truth)
                by_who[who].append(cpu)
                row["growth"] = round(cpu / by_who[who][-2], 1) if len(by_who[who]) > 1 else None
                rows.append(row)
                print(
                    f"{who:>11} {size:10,} {clock:8.2f} {cpu:8.2f} {row['per_s']:7,} {memory:6,.0f}  "
                    + " ".join(f"{row['recall'].get(kind, 0):8}" for kind in KINDS)
                    + "  "
                    + " ".join(f"{row['bcubed'][x]:5}" for x in ("p", "r", "f1"))
                    + f" {row['growth'] or '':>6}",
                    flush=True,
                )
            size *= 10
    if not options.no_peer:
        for name in sorted(set(PEERS) - set(peers)):
            print(f"{name}: not measured (not installed)")
    wanted = ("quotealign", "duckdb", "numpy", "rapidfuzz", *peers)
    versions = {name: importlib.metadata.version(name) for name in wanted} | {"python": platform.python_version()}
    print("versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()))
    print(json.dumps({"benchmark": "linking", "versions": versions, "cores": os.cpu_count(), "rows": rows}))


if __name__ == "__main__":
    main()
