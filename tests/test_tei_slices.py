"""A large file is checked in slices: the same is found, at the same places, whatever its size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotealign.formats.tei import slices, validation
from quotealign.formats.tei.slices import sliced
from quotealign.formats.tei.validation import check

BIBL = """<bibl xml:id="c.b{0}">
  <title>Report {0}</title><date when="2021-03-04">then</date><ptr target="#c.b{1}"/></bibl>"""
PERSON = '<person xml:id="c.p{0}"><persName>Ann Nr {0}</persName></person>\n'
CORPUS = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:id="c.tei" xml:lang="en"><teiHeader>
<fileDesc><titleStmt><title>All</title></titleStmt><publicationStmt><publisher>Nobody</publisher></publicationStmt>
<sourceDesc><listBibl>{bibls}<listRelation>{relations}</listRelation></listBibl></sourceDesc></fileDesc>
<profileDesc><langUsage><language ident="en">English</language></langUsage>
<particDesc><listPerson>{persons}</listPerson></particDesc></profileDesc></teiHeader>
{includes}</teiCorpus>
"""
ARTICLE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a{0}.tei"><teiHeader><fileDesc><titleStmt><title>A</title>
</titleStmt><publicationStmt><publisher>N</publisher></publicationStmt><sourceDesc><bibl>B</bibl></sourceDesc></fileDesc>
</teiHeader><text><body><p xml:id="a{0}.p1">So.</p></body></text></TEI>"""

HARMS = [
    ("c.b7", "c.b5"),
    ('"#c.b9"', '"#c.nobody"'),
    ('"#c.b9"', '"c.b9"'),
    ('when="2021-03-04"', 'when="soon"'),
    ("<title>Report 11</title>", "<heading/>"),
    ("<title>Report 11</title>", "Report\n<title>11</title>"),
    ('mutual="#c.b3', 'passive="#c.b3'),
    ('href="a4.xml"', 'href="a3.xml"'),
    ('href="a4.xml"', 'href="a99.xml"'),
    ('href="a4.xml"', 'href="../a4.xml"'),
    ('href="a4.xml"', 'href="corpus.xml"'),
    ("<persName>Ann Nr 3<", "<persName>Ann Nr 3</persName><persName><"),
    ("</listBibl>", "<bibl/></listBibl>"),
    ("</teiHeader>\n", ""),
    ('xml:lang="en"', 'xml:lang="fr"'),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("slices")
    for number in range(8):
        (made / f"a{number}.xml").write_text(ARTICLE.format(number))
    return made


def corpus(number: int = 40) -> str:
    relation = '<relation name="x" mutual="#c.b{0} #c.b{1}"/>\n'
    return CORPUS.format(
        bibls="\n".join(BIBL.format(n, (n + 17) % number) for n in range(number)),
        relations="".join(relation.format(n, n + 1) for n in range(number - 1)),
        persons="".join(map(PERSON.format, range(number))),
        includes="\n".join(
            f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a{n}.xml"/>' for n in range(8)
        ),
    )


def found(path: Path) -> list[str]:
    return sorted(str(problem) for one in check([path]) for problem in one.problems)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(HARMS), max_size=3, unique=True), st.integers(150, 3000))
def test_slices_find_what_the_whole_has_and_where_it_has_it(
    folder: Path, harms: list[tuple[str, str]], stretch: int
) -> None:
    text = corpus()
    for old, new in harms:
        text = text.replace(old, new, 1)
    path = folder / "corpus.xml"
    path.write_text(text, encoding="utf-8")
    whole = found(path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(slices, "_STRETCH", stretch)
        patched.setattr(validation, "LARGE", 0)
        assert found(path) == whole


def test_every_byte_of_a_large_file_is_in_a_slice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_STRETCH", 400)
    path = folder / "corpus.xml"
    path.write_text(corpus(), encoding="utf-8")
    parts = sliced(path)
    assert parts is not None
    data = [one.data.decode() for one in parts]
    assert len(data) > 5
    for name in re.findall(r'(?:xml:id|href)="[^"]*"', corpus()):
        assert any(name in one for one in data), name
