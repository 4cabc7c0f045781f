"""Many machines give the answer that one gives; and what is said where there are none."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import types
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from quotealign.cli import main
from quotealign.clustering import Linkage, cluster
from quotealign.model import Kind, Quotation, Speaker

SEEDS = Path(__file__).parents[1] / "seeds"
WORDS = "harbour council bridge budget school river contract winter repair station market inquiry".split()
MISSING = next((name for name in ("pyspark", "pyarrow") if not find_spec(name)), None)
if MISSING is None and not shutil.which("java"):
    MISSING = "Java"
needs_spark = pytest.mark.skipif(MISSING is not None, reason=f"{MISSING} is not installed")


def _record(tmp_path: Path) -> Path:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "q", "article": "a", "lang": "en", "kind": "direct", "text": "We shall not move"}\n')
    return file


def test_without_pyspark_the_install_line_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks for Spark and has no pyspark learns how to get it, and the status is 2."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main(["cluster", str(_record(tmp_path)), "--engine", "spark", "--master", "local[1]"]) == 2
    assert "pip install 'quotealign[spark]'" in capsys.readouterr().err


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if pyspark were installed, whether it is or not."""
    sql = types.ModuleType("pyspark.sql")
    sql.SparkSession = None  # type: ignore[attr-defined]
    for name, module in (("pyspark", types.ModuleType("pyspark")), ("pyspark.sql", sql), ("pyarrow", sql)):
        monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.usefixtures("pretended")
def test_without_java_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No page of a stack: what is missing, and its name."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["cluster", str(_record(tmp_path)), "--engine", "spark", "--master", "local[1]"]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert "Java 17" in said


@pytest.mark.usefixtures("pretended")
def test_a_cluster_that_does_not_answer_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The URL that nobody listens at is named."""
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\n")
    java.chmod(0o755)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    url = f"spark://127.0.0.1:{_free_port()}"
    assert main(["cluster", str(_record(tmp_path)), "--engine", "spark", "--master", url]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert url in said


@pytest.mark.parametrize(
    "asked",
    [["--engine", "spark"], ["--master", "local[1]"], ["-f", "parquet"]],
    ids=["no master", "no engine", "no cluster to write Parquet"],
)
def test_half_a_wish_is_a_fault_of_usage(asked: list[str], tmp_path: Path) -> None:
    """Options that need each other say so."""
    assert main(["cluster", str(_record(tmp_path)), *asked]) == 2


# -- a cluster of two workers, on this machine ----------------------------------------------------------------------


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(log: Path, words: str, times: int) -> None:
    for _ in range(600):
        if log.exists() and log.read_text(encoding="utf-8", errors="replace").count(words) >= times:
            return
        time.sleep(0.2)
    raise TimeoutError(f"{words!r} was not said within two minutes: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a standalone master with two workers of one core each."""
    import pyspark

    folder, home = tmp_path_factory.mktemp("spark"), Path(pyspark.__file__).parent
    port = _free_port()
    url = f"spark://127.0.0.1:{port}"
    given = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    root = str(Path(__file__).parents[1])
    given["PYTHONPATH"] = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    started: list[subprocess.Popen[bytes]] = []

    def start(log: Path, *arguments: str) -> None:
        command = ["bash", str(home / "bin" / "spark-class"), *arguments]
        with log.open("wb") as out:
            # A group of its own: the script starts Java, which must end with it.
            started.append(
                subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True)
            )

    try:
        deploy, log = "org.apache.spark.deploy", folder / "master.log"
        start(log, f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        _wait_for(log, "New state: ALIVE", 1)
        for number in range(2):
            what = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder / f"work{number}")]
            start(folder / f"worker{number}.log", f"{deploy}.worker.Worker", "--host", "127.0.0.1", *what, url)
        _wait_for(log, "Registering worker", 2)
        yield url
    finally:
        for process in reversed(started):
            os.killpg(process.pid, 15)
            process.wait(60)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _said(number: int) -> list[Quotation]:
    rng = random.Random(number)
    speakers = [Speaker(f"s{n}", f"Speaker {n}") for n in range(5)]
    made: list[Quotation] = []
    while len(made) < number:
        words = rng.choices([f"{word}{n}" for word in WORDS for n in range(20)] + WORDS * 5, k=rng.randint(4, 25))
        for start in (0, 0, rng.randint(0, 4))[: rng.randint(1, 3)]:
            speaker = rng.choice([*speakers, None])
            name = f"q{len(made)}"
            made.append(Quotation(name, f"a{name}", "en", Kind.DIRECT, " ".join(words[start:]), speaker=speaker))
    return made


@pytest.mark.long
@needs_spark
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("linkage", [Linkage(), Linkage(holders=5, rarest=4, most=2)], ids=["default", "tight"])
def test_spark_and_the_engine_inside_give_the_same_clusters(master: str, linkage: Linkage) -> None:
    """Every cluster, link, score and piece of evidence is the same, and what the cap leaves out."""
    from quotealign.engines.spark import Spark

    said = _said(400)
    told: list[tuple[int, int]] = []
    here = cluster(said, linkage=linkage, left_out=lambda *found: told.append(found))
    with Spark(master) as spark:
        there = cluster(said, linkage=linkage, engine=spark, left_out=lambda *found: told.append(found))
    assert here == there
    assert len(here) > 50
    assert told[: len(told) // 2] == told[len(told) // 2 :]


def _by_id(lines: str) -> dict[str, dict[str, object]]:
    def bare(value: object) -> object:
        """Null and absent are one."""
        return {k: bare(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value

    return {r["id"]: bare(r) for r in map(json.loads, lines.splitlines())}  # type: ignore[misc]


@pytest.mark.long
@needs_spark
@pytest.mark.filterwarnings("ignore")
def test_spark_extracts_and_clusters_what_is_extracted_and_clustered_here(
    master: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder of articles becomes Parquet with the same quotations, speakers named alike across articles; and Parquet
    becomes the same clusters."""
    aliases = tmp_path / "aliases.tsv"
    aliases.write_text("the minister\tAda Miller\tQ1\n", encoding="utf-8")
    extract, on = ["extract", str(SEEDS), "--aliases", str(aliases)], ["--engine", "spark", "--master", master]
    there, found, clusters = (str(tmp_path / name) for name in ("there.parquet", "found.jsonl", "clusters.parquet"))
    assert main([*extract, *on, "-o", there]) == 0
    assert main([*extract, "-o", found]) == 0
    assert not list(tmp_path.glob("*.part"))
    from quotealign.engines.spark import Spark
    from quotealign.formats.parquet import record_of_row

    with Spark(master) as spark:
        rows = [json.dumps(record_of_row(json.loads(line))) for line in spark.records(there)]
    assert _by_id("\n".join(rows)) == _by_id(Path(found).read_text(encoding="utf-8"))
    assert main(["cluster", there, *on, "-f", "parquet", "-o", clusters]) == 0
    capsys.readouterr()
    assert main(["cluster", found]) == 0
    here = [set(json.loads(line)["quotations"]) for line in capsys.readouterr().out.splitlines()]
    with Spark(master) as spark:
        assert sorted(map(sorted, here)) == sorted(sorted(json.loads(c)["quotations"]) for c in spark.records(clusters))


@pytest.mark.long
@needs_spark
@pytest.mark.filterwarnings("ignore")
def test_a_kept_corpus_is_linked_there_as_it_is_here(master: str, tmp_path: Path) -> None:
    """The store stays where it is; only the search moves, and its answer is the same."""
    exports = []
    for name, on in (("here", []), ("there", ["--engine", "spark", "--master", master])):
        database, folder = str(tmp_path / f"{name}.db"), tmp_path / name
        assert main(["corpus", "init", database]) == 0
        assert main(["corpus", "add", database, str(SEEDS)]) == 0
        assert main(["corpus", "link", database, *on]) == 0
        assert main(["corpus", "export", database, "-o", str(folder)]) == 0
        exports.append((folder / "clusters.jsonl").read_bytes())
    assert exports[0] == exports[1]
    assert exports[0]
