"""What may happen to a kept corpus: killed, no room, no permission, two at once, damage. It stays whole, and one
sentence says what to do."""

from __future__ import annotations

import json
import os
import pty
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from check_builders import collection
from corpus_builders import articles, write

from quotealign import corpus
from quotealign.cli import main

COMMAND = [sys.executable, "-m", "quotealign", "corpus"]
Ran = tuple[int, list[str]]


def run(*arguments: str | Path, before: Callable[[], None] | None = None) -> Ran:
    """A command in a process of its own: its exit status, and what it said on standard error."""
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, preexec_fn=before, check=False)
    return done.returncode, done.stderr.decode("utf-8").splitlines()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of sixty articles, linked, and more articles to add."""
    folder = tmp_path_factory.mktemp("desk")
    corpus.init(folder / "news.db")
    corpus.add(folder / "news.db", articles(60))
    corpus.link(folder / "news.db")
    write(folder / "more.jsonl", list(articles(900, start=60)))
    return folder


@pytest.fixture
def news(desk: Path, tmp_path: Path) -> Path:
    """A copy of the corpus."""
    return Path(shutil.copy(desk / "news.db", tmp_path / "news.db"))


def everything(database: Path) -> bytes:
    """All that a corpus holds, as bytes."""
    return "\n".join(map(json.dumps, corpus.records(database, articles=True))).encode()


def is_one_sentence(said: list[str], where: str) -> bool:
    """What, where and what to do, and nothing else."""
    return len(said) == 1 and where in said[0] and "; " in said[0] and said[0].endswith(".")


# -- files that are no corpus, or no longer one ------------------------------------------------------------------------


def _text(path: Path) -> None:
    path.write_text("Not a corpus. " * 1000)


def _database(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE meta (name VARCHAR, value VARCHAR)")


def _schema(number: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        corpus.init(path)
        with duckdb.connect(str(path)) as connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(number)])

    return change


def _half(path: Path) -> None:
    corpus.init(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _head_only(path: Path) -> None:
    corpus.init(path)
    path.write_bytes(path.read_bytes()[:50])


def _flipped(place: int) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        corpus.init(path)
        data = bytearray(path.read_bytes())
        data[place] ^= 0xFF
        path.write_bytes(data)

    return flip


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "corpus init"),
    "a folder": (Path.mkdir, "folder"),
    "empty": (Path.touch, "empty"),
    "a text": (_text, "not a corpus"),
    "another DuckDB file": (_database, "no corpus of quotealign"),
    "a newer corpus": (_schema(corpus.SCHEMA + 1), f"schema {corpus.SCHEMA + 1}"),
    "an older corpus": (_schema(0), "schema 0"),
    "half a corpus": (_half, "restore"),
    "the head of a corpus": (_head_only, "restore"),
    "a bad first byte": (_flipped(9), "restore"),
    "a bad byte in the head": (_flipped(100), "restore"),
}


@pytest.mark.parametrize(("spoil", "word"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("command", ["add", "remove", "link", "status", "export", "check"])
def test_what_is_no_corpus_is_answered_in_one_sentence(
    command: str, spoil: Callable[[Path], object], word: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, and the file is left as it was."""
    path = tmp_path / "bad.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    more = {"add": [str(write(tmp_path / "a.jsonl", list(articles(1))))], "remove": ["a"]}.get(command, [])
    capfd.readouterr()
    draft = tmp_path / "draft.txt"
    draft.write_text("“The winter is long,” said Ann Lee.\n", encoding="utf-8")
    given = (
        ["check", str(draft), "--against", str(path)] if command == "check" else ["corpus", command, str(path), *more]
    )
    assert main(given) == 2
    said = capfd.readouterr().err.splitlines()
    assert is_one_sentence(said, "bad.db"), said
    assert word in said[0]
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_corpus_is_never_made_in_the_place_of_something(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Not over a file or folder, not where a log of an older one lies, not in a folder that is not there."""
    (tmp_path / "there.db").write_text("mine")
    (tmp_path / "log.db.wal").write_text("mine")
    for name in ("there.db", ".", "log.db", "no/such.db"):
        assert main(["corpus", "init", str(tmp_path / name)]) == 2
        assert is_one_sentence(capfd.readouterr().err.splitlines(), str(tmp_path)), name
    assert sorted(p.name for p in tmp_path.iterdir()) == ["log.db.wal", "there.db"]


# -- one writer --------------------------------------------------------------------------------------------------------


@contextmanager
def held(database: Path) -> Iterator[int]:
    """Another process that has the corpus open for writing, for as long as the block lasts."""
    code = (
        "import sys; from quotealign.corpus.opening import opened\n"
        "with opened(sys.argv[1], write=True):\n    print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.communicate()


def test_a_second_writer_is_told_who_is_at_work(news: Path, desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody waits in silence, and nobody writes into the work of somebody else."""
    with held(news) as pid:
        for line in (["link", news, "--again"], ["add", news, desk / "more.jsonl"], ["status", news]):
            assert main(["corpus", *map(str, line)]) == 2
            said = capfd.readouterr().err.splitlines()
            assert is_one_sentence(said, "news.db")
            assert f"process {pid}" in said[0]
    assert main(["corpus", "link", str(news), "--again"]) == 0


def test_several_may_read(news: Path) -> None:
    """A reader keeps no other from reading."""
    reader = corpus.records(news)
    next(reader)
    assert run("status", news) == (0, [])
    reader.close()


# -- no room, no permission --------------------------------------------------------------------------------------------


def _limit(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("command", ["add", "link"])
def test_where_there_is_no_room_the_corpus_stays_as_it_was(command: str, news: Path, desk: Path) -> None:
    """Files may not grow any more: one sentence, status 2, and after that a corpus that reads and goes on."""
    before = everything(news)
    more = [desk / "more.jsonl"] if command == "add" else ["--again"]
    limit = {"add": 200_000, "link": 2000}[command]
    status, said = run(command, news, *more, before=_limit(limit))
    assert status == 2
    assert is_one_sentence(said, "news.db"), said
    assert "make room" in said[0]
    if command == "link":
        assert everything(news) == before
    else:
        assert everything(news).startswith(before[:1000])
        assert corpus.status(news).articles % corpus.BATCH == 60
    assert run(command, news, *more)[0] == 0


def test_an_export_without_room_leaves_nothing_behind(news: Path, tmp_path: Path) -> None:
    """No half of a file, under no name."""
    for form in corpus.FORMS:
        status, said = run("export", news, "-f", form, "-o", tmp_path / form, before=_limit(1000))
        assert status == 2, said
        assert is_one_sentence(said, form), said
        assert [p.name for p in (tmp_path / form).rglob("*") if p.is_file()] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_file_that_may_not_be_written_is_refused_at_once(news: Path, desk: Path) -> None:
    """And may still be read."""
    news.chmod(0o444)
    status, said = run("add", news, desk / "more.jsonl")
    assert status == 2
    assert is_one_sentence(said, "news.db")
    assert run("status", news)[0] == 0


# -- progress ----------------------------------------------------------------------------------------------------------


def test_a_terminal_sees_progress_and_a_file_does_not(news: Path, tmp_path: Path) -> None:
    """A bar with place, rate and time left, on standard error only, and only where somebody watches."""
    # More than a second's work: a rate is told once there is one.
    many = write(tmp_path / "many.jsonl", list(articles(4000, start=5000)))
    master, terminal = pty.openpty()
    with subprocess.Popen([*COMMAND, "add", news, many], stderr=terminal, stdout=subprocess.PIPE) as done:
        os.close(terminal)
        text = _read_all(master)
        assert done.stdout is not None
        assert done.stdout.read() == b""
    assert re.search(r"adding +\[#+-*\] +\d+/4000 .*\d+/s", text), text
    assert re.search(r"\d\d:\d\d:\d\d", text)
    assert "4,000 articles added" in text
    status, said = run("add", news, many)
    assert (status, len(said)) == (0, 1)


@pytest.mark.long
def test_a_long_check_shows_how_far_it_is(tmp_path: Path) -> None:
    """How many quotations of how many, where somebody watches; nothing for a draft that is checked at once."""
    texts, said = collection(90)
    (tmp_path / "long.txt").write_text("".join(f"“{one.text},” said {one.speaker}.\n\n" for one in said), "utf-8")
    (tmp_path / "short.txt").write_text(f"“{said[0].text},” said {said[0].speaker}.\n", encoding="utf-8")
    (tmp_path / "sources").mkdir()
    for name, text in texts.items():
        (tmp_path / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
    shown = {}
    for name in ("long", "short"):
        master, terminal = pty.openpty()
        command = [*COMMAND[:-1], "check", f"{tmp_path}/{name}.txt", "--against", f"{tmp_path}/sources"]
        with subprocess.Popen(command, stderr=terminal, stdout=subprocess.DEVNULL):
            os.close(terminal)
            shown[name] = _read_all(master)
    assert re.search(r"checking +\[#+-*\] +\d+/360 ", shown["long"]), shown["long"]
    assert shown["short"] == ""


def _read_all(master: int) -> str:
    """What was written to a terminal."""
    pieces = []
    while True:
        try:
            pieces.append(os.read(master, 65536))
        except OSError:
            pieces.append(b"")
        if not pieces[-1]:
            os.close(master)
            return b"".join(pieces).decode("utf-8")


def test_a_bad_record_is_named_and_counted_and_costs_no_other(news: Path, tmp_path: Path) -> None:
    """The line and the reason of each, the number of them all, and status 3."""
    path = write(tmp_path / "a.jsonl", list(articles(3, start=100)))
    path.write_text(path.read_text("utf-8") + '{"id": "x"}\n[1]\n', encoding="utf-8")
    status, said = run("add", news, path)
    assert status == 3
    assert [line.split(";")[0] for line in said[:2]] == [
        f"skipped: {path}:4: article x has no text",
        f"skipped: {path}:5: not a JSON object",
    ]
    assert said[2] == f"{news}: 3 articles added; 9 quotations found, 2 skipped"


# -- long: killed, full, read-only, damaged ----------------------------------------------------------------------------


def _killed(arguments: list[str], after: float) -> bool:
    """Start a command and kill it after so many seconds; whether it was still at work."""
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return True
    return False


def _seconds(arguments: list[str]) -> float:
    begun = time.monotonic()
    assert run(*arguments)[0] == 0
    return time.monotonic() - begun


@pytest.mark.long
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_while_adding_and_started_again_it_ends_as_if_undisturbed(desk: Path, tmp_path: Path, jobs: str) -> None:
    """SIGKILL at twenty random moments, the same command again after each."""
    whole = shutil.copy(desk / "news.db", tmp_path / "whole.db")
    more = [str(desk / "more.jsonl"), "--batch", "10", "--jobs", jobs]
    lasted = _seconds(["add", str(whole), *more])
    wanted = everything(whole)
    rng, killed = random.Random(7), 0
    reached = set()
    for _ in range(20):
        database = shutil.copy(desk / "news.db", tmp_path / "killed.db")
        (tmp_path / "killed.db.wal").unlink(missing_ok=True)
        killed += _killed(["add", str(database), *more], rng.uniform(0.1, 1) * lasted)
        reached.add(corpus.status(database).articles)
        assert run("add", database, *more)[0] == 0
        assert everything(database) == wanted
    assert killed >= 10
    assert len(reached) >= 5  # it was killed before, between and after batches
    assert all((count - 60) % 10 == 0 for count in reached)


@pytest.mark.long
def test_killed_while_linking_and_started_again_it_ends_as_if_undisturbed(desk: Path, tmp_path: Path) -> None:
    """SIGKILL at twenty random moments; before the next run the old clusters are there, whole."""
    base = Path(shutil.copy(desk / "news.db", tmp_path / "base.db"))
    corpus.add(base, articles(900, start=60))
    unlinked = everything(base)
    whole = shutil.copy(base, tmp_path / "whole.db")
    lasted = _seconds(["link", str(whole)])
    wanted = everything(whole)
    assert wanted != unlinked
    rng, killed = random.Random(8), 0
    for _ in range(20):
        database = shutil.copy(base, tmp_path / "killed.db")
        (tmp_path / "killed.db.wal").unlink(missing_ok=True)
        killed += _killed(["link", str(database)], rng.uniform(0.1, 1) * lasted)
        assert everything(database) in (unlinked, wanted)
        assert run("link", database)[0] == 0
        assert everything(database) == wanted
    assert killed >= 10


@pytest.mark.long
def test_when_the_first_process_is_killed_the_others_end_too(desk: Path, news: Path) -> None:
    """Nobody is left behind at work on nothing."""
    with subprocess.Popen(
        [*COMMAND, "add", str(news), str(desk / "more.jsonl"), "--jobs", "2", "--batch", "5"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        children: list[int] = []
        for _ in range(200):
            time.sleep(0.05)
            children = _children(process.pid)
            if len(children) >= 3:  # two, and the tracker of multiprocessing
                break
        os.kill(process.pid, signal.SIGKILL)
    assert len(children) >= 2
    for _ in range(100):
        left = [pid for pid in children if Path(f"/proc/{pid}").exists() and "quotealign" in _command_line(pid)]
        if not left:
            break
        time.sleep(0.1)
    assert not left


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in found.read_text().split()] if found.exists() else []


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A small disk of its own; what it gives mounts it again with other options. Only root can."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False)
    if made.returncode:
        pytest.skip("only root mounts a disk")
    try:
        yield lambda options: subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True) and None
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.long
def test_a_full_disk_leaves_the_corpus_whole(desk: Path, tmp_path: Path) -> None:
    """A disk (tmpfs) with little room: one sentence, and with more room the same command goes on to the end."""
    with mounted(tmp_path / "disk", "4m") as again:
        database = Path(shutil.copy(desk / "news.db", tmp_path / "disk/news.db"))
        rest = os.statvfs(tmp_path / "disk")
        (tmp_path / "disk/ballast").write_bytes(b"x" * (rest.f_bavail * rest.f_bsize - 300_000))
        status, said = run("add", database, desk / "more.jsonl", "--batch", "50")
        assert status == 2
        assert is_one_sentence(said, "news.db"), said
        assert "No space left" in said[0]
        assert (corpus.status(database).articles - 60) % 50 == 0
        again("size=40m")
        assert run("add", database, desk / "more.jsonl", "--batch", "50")[0] == 0
        (tmp_path / "disk/ballast").unlink()
        whole = Path(shutil.copy(desk / "news.db", tmp_path / "whole.db"))
        corpus.add(whole, articles(900, start=60))
        assert everything(database) == everything(whole)


@pytest.mark.long
def test_a_disk_that_is_only_read_gives_what_is_there_and_takes_nothing(desk: Path, tmp_path: Path) -> None:
    """A read-only file system (tmpfs): reading works, writing is refused in one sentence."""
    with mounted(tmp_path / "disk", "20m") as again:
        database = Path(shutil.copy(desk / "news.db", tmp_path / "disk/news.db"))
        again("ro")
        for line in (["add", database, desk / "more.jsonl"], ["link", database, "--again"], ["remove", database, "a"]):
            status, said = run(*line)
            assert status == 2
            assert is_one_sentence(said, "news.db"), said
        assert run("status", database)[0] == 0
        assert everything(database) == everything(desk / "news.db")


@pytest.mark.long
def test_damage_anywhere_is_recognised_or_does_no_harm(desk: Path, tmp_path: Path) -> None:
    """A byte changed or the end cut off, at a hundred random places: a sentence, or the same as without."""
    data = (desk / "news.db").read_bytes()
    wanted = everything(desk / "news.db")
    rng, told = random.Random(9), 0
    for number in range(100):
        spoilt = bytearray(data)
        if number % 5:
            spoilt[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        else:
            spoilt = spoilt[: rng.randrange(len(data))]
        path = tmp_path / "spoilt.db"
        path.write_bytes(spoilt)
        done = subprocess.run([*COMMAND, "export", str(path), "--articles"], capture_output=True, check=False)
        said = done.stderr.decode().splitlines()
        assert done.returncode in (0, 2), (number, done.returncode, said)
        if done.returncode == 2:
            told += 1
            assert is_one_sentence(said, "spoilt.db"), (number, said)
            assert "fault of ours" not in said[0], said
        else:
            assert [json.loads(x) for x in done.stdout.decode().splitlines()] == [
                json.loads(x) for x in wanted.decode().splitlines()
            ]
    assert told >= 20


@pytest.mark.long
def test_a_thousand_bad_records_among_a_hundred_thousand(tmp_path: Path) -> None:
    """Each is named with line and reason, all are counted, the others are kept, and the status is 3."""
    rng = random.Random(10)
    bad = set(rng.sample(range(100_000), 1000))
    spoil = ('{"id": "x', '{"id": 1}', "[]", '{"id": "e", "text": ""}', '{"text": "no id"}', '{"id": "o", "text": 5}')
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(100_000):
            good = {"id": f"m{number}", "lang": "en", "text": f"“We will build bridge {number},” said Ann Miller."}
            line = spoil[number % len(spoil)] if number in bad else json.dumps(good, ensure_ascii=False)
            stream.write(line + "\n")
    database = corpus.init(tmp_path / "news.db")
    status, said = run("add", database, path)
    assert status == 3
    assert len(said) == 1001
    assert {int(line.removeprefix(f"skipped: {path}:").split(":")[0]) - 1 for line in said[:-1]} == bad
    assert said[-1].endswith("99,000 articles added; 99,000 quotations found, 1,000 skipped")
    assert corpus.status(database).articles == 99_000
