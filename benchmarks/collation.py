#!/usr/bin/env python3
"""Speed and memory of collation, beside CollateX for Python.

    python benchmarks/collation.py [--quick] [--runs 3] [--timeout 120] [--venv DIR] [--alone]

Witnesses are made up: variants of one invented text, each with words changed, left out, put in and moved, the same
on every run. Each collation runs in a process of its own: CPU seconds of the call (the libraries are loaded
before), median of the runs, and the largest memory of the process. A run that takes longer than the timeout, in
seconds of the clock, is stopped, and its row says so. CollateX is installed from PyPI, with what it needs to be
imported, into a virtual environment of its own: a new one that goes again, or DIR, which stays. --alone leaves it
out. Prints a table, then one line of JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

OPENERS = ["The old harbour", "A small council", "Our northern bridge", "Every winter market", "That quiet station"]
VERBS = ["will carry", "had promised", "may replace", "never reached", "often crosses", "should protect"]
OBJECTS = ["the long river wall", "a narrow school road", "two wooden boats", "the upper garden", "its last lamps"]
ENDS = ["before the first snow", "without any help", "for nine years", "as the mayor wished", "in plain daylight"]
OTHERS = "perhaps however large little early late quickly again never always bridge river council market".split()

OURS = """
import json, resource, sys, time
from quotealign.collation import collate, witness
from quotealign.languages import language
texts = json.load(sys.stdin)
rules = language("en")
start = time.process_time()
width = collate([witness(f"w{n}", t) for n, t in enumerate(texts)], language=rules).width
spent = time.process_time() - start
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, width]))
"""
PEER = """
import json, resource, sys, time
from collatex import Collation, collate
texts = json.load(sys.stdin)
start = time.process_time()
collation = Collation()
for n, t in enumerate(texts):
    collation.add_plain_witness(f"w{n}", t)
width = len(json.loads(collate(collation, output="json"))["table"][0])
spent = time.process_time() - start
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, width]))
"""
NEEDED = ("collatex", "Levenshtein", "setuptools")
"""CollateX 2.3 imports more than it asks pip for."""


def text(tokens: int, rng: random.Random) -> list[str]:
    """Invented prose of so many words and marks."""
    words: list[str] = []
    while len(words) < tokens:
        sentence = " ".join(map(rng.choice, (OPENERS, VERBS, OBJECTS, ENDS)))
        words += [*sentence.split(), rng.choice([".", ".", ";"])]
    return words[:tokens]


def variant(words: list[str], rng: random.Random) -> str:
    """The text as another hand would give it: one word in eight is not as it was, and a phrase may have moved."""
    found: list[str] = []
    for word in words:
        chance = rng.random()
        if chance < 0.04:
            found.append(rng.choice(OTHERS))
        elif chance < 0.07:
            found += [rng.choice(OTHERS), word]
        elif chance < 0.10:
            continue
        else:
            found.append(word.capitalize() if chance > 0.98 else word)
    if rng.random() < 0.2 and len(found) > 20:
        start = rng.randrange(len(found) - 12)
        found = [*found[:start], *found[start + 4 : start + 12], *found[start : start + 4], *found[start + 12 :]]
    return " ".join(found).replace(" .", ".").replace(" ;", ";")


def witnesses(number: int, tokens: int) -> list[str]:
    """So many variants of a text of so many tokens; the same for the same numbers."""
    rng = random.Random(number * 100_003 + tokens)
    base = text(tokens, rng)
    return [variant(base, rng) for _ in range(number)]


def measured(python: str, program: str, texts: list[str], runs: int, timeout: float) -> dict[str, Any]:
    """CPU seconds, megabytes and columns of a collation; what stopped it where there is none."""
    figures = []
    for _ in range(runs):
        try:
            done = subprocess.run(
                [python, "-c", program], input=json.dumps(texts), capture_output=True, text=True, timeout=timeout
            )
        except subprocess.TimeoutExpired:
            return {"stopped": f"over {timeout:g} s"}
        if done.returncode:
            return {"stopped": (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1][:60]}
        figures.append(json.loads(done.stdout))
        if figures[-1][0] > timeout / 4:
            break
    seconds = statistics.median(figure[0] for figure in figures)
    return {"cpu_s": round(seconds, 3), "mb": round(max(f[1] for f in figures)), "columns": figures[-1][2]}


def installed(folder: Path) -> tuple[str, str]:
    """The Python of a virtual environment with CollateX in it and CollateX's version; no Python, and why not."""
    python = str(folder / "bin" / "python")
    if not Path(python).exists():
        venv.create(folder, with_pip=True)
    try:
        subprocess.run([python, "-m", "pip", "install", "-q", *NEEDED], check=True, capture_output=True, text=True)
        code = "import collatex, importlib.metadata as m; print(m.version('collatex'))"
        done = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        return "", (error.stderr.strip().splitlines() or ["it cannot be installed"])[-1]
    return python, done.stdout.strip()


def shown(found: dict[str, Any]) -> str:
    if "stopped" in found:
        return f"{found['stopped']:>16}"
    return f"{found['cpu_s']:9.3f} {found['mb']:6}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, one run, 30 s")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one collation")
    parser.add_argument("--venv", type=Path, help="folder for the environment of CollateX, kept")
    parser.add_argument("--alone", action="store_true", help="without CollateX")
    options = parser.parse_args()
    runs, timeout = (1, min(30, options.timeout)) if options.quick else (options.runs, options.timeout)
    sizes = [(10, 55, True), (30, 55, True)]
    sizes += [(2, 500, True)] if options.quick else [(100, 55, True), (1000, 55, False), (2, 5000, True)]
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as scratch:
        python, peer = ("", "left out") if options.alone else installed(options.venv or Path(scratch) / "collatex")
        name = f"CollateX {peer}" if python else "CollateX"
        print(f"{'witnesses':>16}   {'quotealign':^16}   {name:^16}")
        print(f"{'':>16}   {'CPU s':>9} {'MB':>6}   {'CPU s':>9} {'MB':>6}   times faster")
        for number, tokens, beside in sizes:
            texts = witnesses(number, tokens)
            row: dict[str, Any] = {"witnesses": number, "tokens": tokens}
            row["quotealign"] = measured(sys.executable, OURS, texts, runs, timeout)
            line = f"{f'{number:,} x {tokens:,}':>16}   {shown(row['quotealign'])}"
            if beside and python:
                row["collatex"] = measured(python, PEER, texts, runs, timeout)
                line += f"   {shown(row['collatex'])}"
                if "cpu_s" in row["quotealign"] and "cpu_s" in row["collatex"]:
                    row["times_faster"] = round(row["collatex"]["cpu_s"] / max(row["quotealign"]["cpu_s"], 0.001), 1)
                    line += f"   {row['times_faster']:12,}"
            rows.append(row)
            print(line, flush=True)
    if not python:
        print(f"CollateX: not measured ({peer})")
    print(f"a collation that takes more than {timeout:g} s of the clock is stopped")
    versions = {name: importlib.metadata.version(name) for name in ("quotealign", "numpy", "rapidfuzz")}
    versions |= {"python": platform.python_version()} | ({"collatex": peer} if python else {})
    print(json.dumps({"benchmark": "collation", "versions": versions, "timeout_s": timeout, "rows": rows}))


if __name__ == "__main__":
    main()
