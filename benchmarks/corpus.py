#!/usr/bin/env python3
"""Speed and memory of `quotealign corpus`: articles per CPU-second and peak memory of add, at growing sizes.

    python benchmarks/corpus.py [--articles FILE.jsonl] [--sizes 2000,20000] [--characters 3000] [--jobs 1]

Without FILE it makes its own articles: invented news prose, one quotation in three sentences, the same on every run.
FILE, JSON Lines of articles, is cut to so many characters an article and repeated with a number at its end until there
are enough. Each size is added to a new corpus, then added again (all look-ups), linked, and exported. CPU time is that
of the process and those it started, start-up included. Prints a table, then one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extraction import prose


def texts(source: Path | None, characters: int) -> Iterator[str]:
    """Texts of so many characters without end, no two the same."""
    number = 0
    read: list[str] = []
    if source is not None:
        read = [json.loads(line)["text"][:characters] for line in source.read_text("utf-8").splitlines()]
    while True:
        yield f"{read[number % len(read)]}\nNo. {number}" if read else prose(characters, number)[:characters]
        number += 1


def measured(*arguments: str) -> dict[str, float]:
    """A command: its CPU seconds and its peak memory in MB, children included."""
    program = (
        "import json, resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'quotealign', 'corpus', *sys.argv[1:]], "
        "stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    status, seconds, peak = json.loads(done.stdout)
    assert status == 0, (arguments, status)
    return {"seconds": seconds, "peak": peak / 1024 if sys.platform != "darwin" else peak / 1024 / 1024}


def size_of(count: int, given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All figures for so many articles."""
    path, database = folder / "articles.jsonl", str(folder / "news.db")
    with path.open("w", encoding="utf-8") as stream:
        for number, text in zip(range(count), texts(given.articles, given.characters), strict=False):
            record = {"id": f"a{number:07d}", "lang": "en", "text": text}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    measured("init", database)
    add = measured("add", database, str(path), "--jobs", str(given.jobs))
    again = measured("add", database, str(path))
    found: dict[str, Any] = {"articles": count, "add": add, "again": again, "link": measured("link", database)}
    found["export"] = measured("export", database, "-f", "parquet", "-o", str(folder))
    found["megabytes"] = os.path.getsize(database) / 1e6
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--sizes", default="2000,20000")
    parser.add_argument("--characters", type=int, default=3000)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    rows = []
    print("articles   add/s  peak MB | again/s | link s  peak MB | export s  peak MB | corpus MB")
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            row = size_of(size, given, Path(folder))
        rows.append(row)
        speed, again = size / row["add"]["seconds"], size / row["again"]["seconds"]
        add, link, export = row["add"], row["link"], row["export"]
        print(
            f"{size:8,} {speed:7.0f} {add['peak']:8.0f} | {again:7.0f} | {link['seconds']:6.1f} {link['peak']:8.0f}"
            f" | {export['seconds']:8.1f} {export['peak']:8.0f} | {row['megabytes']:9.1f}",
            flush=True,
        )
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    libraries = {"quotealign": version("quotealign"), "duckdb": version("duckdb")}
    print(json.dumps({"rows": rows, "jobs": given.jobs, **machine, **libraries}))


if __name__ == "__main__":
    main()
