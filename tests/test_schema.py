"""Our schema is a part of TEI: derived from the ODD, quick to load, and nothing it accepts is refused by tei_all."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import schema_builder
from lxml import etree

from quotealign.formats.tei import grammar

TEI_ALL = Path(__file__).parents[2] / "shared" / "tei" / "tei_all.rng"
needs_tei_all = pytest.mark.skipif(not TEI_ALL.exists(), reason="needs tei_all.rng in ../shared/tei")
needs_jing = pytest.mark.skipif(not shutil.which("jing"), reason="needs jing; lxml takes half a minute to load tei_all")


def _jing(*files: Path) -> str:
    checked = subprocess.run(["jing", TEI_ALL, *files], capture_output=True, text=True, check=False)
    return checked.stdout[:2000]


def test_the_schema_in_the_package_is_the_one_of_the_odd() -> None:
    """After a change of the ODD: python tests/schema_builder.py"""
    assert schema_builder.RNG.read_bytes() == schema_builder.schema()


def test_the_schema_loads_at_once() -> None:
    start = time.process_time()
    etree.RelaxNG(etree.parse(str(grammar.FILE)))
    assert time.process_time() - start < 0.1


@needs_tei_all
@needs_jing
def test_the_odd_itself_is_valid_tei() -> None:
    assert _jing(schema_builder.ODD) == ""


def _made(seeds: range) -> tuple[list[etree._Element], set[str]]:
    documents, used = [], set()
    for seed in seeds:
        maker = schema_builder.Maker(seed)
        documents.append(etree.fromstring(etree.tostring(maker.document("TEI" if seed % 5 else "teiCorpus"))))
        used |= maker.used
    return documents, used


@needs_tei_all
@needs_jing
@pytest.mark.parametrize("amount", [12, pytest.param(120, marks=pytest.mark.long)])
def test_whatever_the_schema_accepts_tei_all_accepts(tmp_path: Path, amount: int) -> None:
    """Documents made at random from the schema; 120 of them have every element and attribute in them."""
    documents, used = _made(range(amount))
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.xml").write_bytes(etree.tostring(document))
    if amount == 120:
        assert not schema_builder.attributes_and_elements() - used
    assert _jing(*tmp_path.glob("*.xml")) == ""


@pytest.mark.parametrize("amount", [5, pytest.param(40, marks=pytest.mark.long)])
def test_what_the_schema_accepts_has_no_fault_and_what_it_refuses_has_one_with_a_reason(amount: int) -> None:
    documents, _ = _made(range(amount))
    schema = etree.RelaxNG(etree.parse(grammar.FILE))
    rng = random.Random(1)
    for document in documents:
        assert not list(grammar.faults(document))
        for _ in range(5):
            broken = etree.fromstring(etree.tostring(document))
            elements = list(broken.iter(etree.Element))
            one, other = rng.choice(elements), rng.choice(elements)
            match rng.randrange(4):
                case 0 if one is not broken:
                    one.getparent().remove(one)
                case 1:
                    one.tag = other.tag
                case 2:
                    one.set(rng.choice(["who", "facs", "when", "type"]), rng.choice(["x y", "#a", ""]))
                case _:
                    one.text = "hello"
            found = list(grammar.faults(broken))
            assert bool(found) != schema.validate(broken)
            assert all(fault.code != "schema" for fault in found)
