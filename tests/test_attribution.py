"""Attribution: whom a source means, within an article, across articles, and by what the user says.

Ordinary prose stands in `golden/`; here stand the rules that need several articles, settings or a file.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign.attribution import identify
from quotealign.cli import main
from quotealign.errors import InputMalformed, InputMissing, QuotealignError
from quotealign.formats.aliases import read_aliases
from quotealign.model import Alias, Article, Quotation, Speaker
from quotealign.pipeline import Settings, extract_all

BRIEFLY = settings(max_examples=150, deadline=None)


def _quotations(*texts: str, lang: str = "en", **how: object) -> tuple[Quotation, ...]:
    articles = [Article(f"a{i}", text, lang) for i, text in enumerate(texts)]
    return extract_all(articles, settings=Settings(**how))[0]  # type: ignore[arg-type]


def _names(*texts: str, lang: str = "en", **how: object) -> list[str]:
    """The speakers' names in order, an empty string for nobody."""
    return [q.speaker.name if q.speaker else "" for q in _quotations(*texts, lang=lang, **how)]


def _said_by(*names: str) -> list[str]:
    return [f"“The wall held all night,” said {name}." for name in names]


# -- across articles -------------------------------------------------------------------------------------------------


def test_one_name_in_two_articles_is_one_speaker() -> None:
    """The same full name in two articles has one name and one id."""
    a, b = _quotations(*_said_by("Clara Whitfield", "Clara Whitfield"))
    assert a.speaker == b.speaker == Speaker("clara-whitfield", "Clara Whitfield", "person")


def test_a_family_name_joins_the_one_full_name_that_bears_it() -> None:
    """A family name alone in one article is the person whose full name stands in another."""
    assert _names(*_said_by("Clara Whitfield", "Whitfield")) == ["Clara Whitfield"] * 2


def test_a_family_name_that_two_bear_joins_neither() -> None:
    """Where two full names of the collection bear a family name, the name alone in a third article stays alone."""
    assert _names(*_said_by("Clara Whitfield", "Ruth Whitfield", "Whitfield"))[2] == "Whitfield"


def test_an_initial_joins_the_given_name_that_it_stands_for() -> None:
    """C. Whitfield is Clara Whitfield, where nobody else's given name begins so; R. Whitfield is not."""
    assert _names(*_said_by("Clara Whitfield", "C. Whitfield", "R. Whitfield")) == [
        "Clara Whitfield",
        "Clara Whitfield",
        "R. Whitfield",
    ]


def test_names_are_never_joined_on_a_shared_given_name() -> None:
    """Two people called Clara are two, and a Clara of no other name is neither of them."""
    names = _names(*_said_by("Clara Whitfield", "Clara Tarrant", "Clara"))
    assert len(set(names)) == 3


def test_a_family_name_is_not_joined_with_the_same_word_as_a_given_name() -> None:
    """Owen as a family name and Owen as a given name are two people's."""
    assert len(set(_names(*_said_by("Clara Owen", "Owen Tarrant")))) == 2


GIVEN = st.sampled_from("Clara Ruth Owen Julian Irene Jonas".split())
FAMILIES = st.lists(
    st.sampled_from("Whitfield Tarrant Prentice Harker Kastner Lomond Sedgwick Bovey".split()),
    min_size=2,
    max_size=5,
    unique=True,
)


@BRIEFLY
@given(GIVEN, FAMILIES)
def test_people_of_one_given_name_stay_as_many_as_they_are(given_name: str, families: list[str]) -> None:
    """However many people share a given name, each family name is a speaker of its own."""
    people = [f"{given_name} {family}" for family in families]
    assert _names(*_said_by(*people)) == people
    assert _names(" ".join(_said_by(*people))) == people


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Timur Gaifullin", "Timur Gayfullin"),
        ("Karim Benhadou", "Karim Benhaddou"),
        ("Olena Kovalchuk", "Olena Kovaltchuk"),
        ("Samir Haddad", "Samir Hadad"),
        ("Nadia Cherkaoui", "Nadia Cherkawi"),
    ],
)
def test_two_spellings_of_a_transliterated_name_join_where_the_given_name_is_the_same(one: str, other: str) -> None:
    """A family name spelt in two ways is one speaker's where the given name agrees, across articles."""
    names = _names(*_said_by(one, one, other))
    assert names == [one] * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Timur Gaifullin", "Rinat Gayfullin"),
        ("Karim Benhadou", "Karim Benjelloun"),
        ("Clara Marten", "Clara Merton"),
        ("Owen Hall", "Owen Hill"),
    ],
    ids=["another given name", "another family name", "only vowels in common places", "a short name"],
)
def test_names_that_only_look_alike_stay_two(one: str, other: str) -> None:
    """Another given name, or a family name that differs by more than spelling, makes another person."""
    assert _names(*_said_by(one, other)) == [one, other]


def test_bodies_are_joined_by_their_whole_name() -> None:
    """The Ministry of Transport is not the Ministry of Trade, and is the same in two articles."""
    a, b, c = _quotations(*_said_by("the Ministry of Transport", "the Ministry of Trade", "the Ministry of Transport"))
    assert a.speaker
    assert b.speaker
    assert a.speaker.kind == "org"
    assert a.speaker == c.speaker
    assert a.speaker.id != b.speaker.id


# -- what the user says ----------------------------------------------------------------------------------------------


def test_an_alias_of_a_name_gives_the_canonical_name_and_the_authority_id() -> None:
    """A speaker whose name is an alias gets the name and the id that the user gave."""
    (q,) = _quotations(*_said_by("Clara Whitfield"), aliases=(Alias("Clara Whitfield", "C. M. Whitfield", "gnd:118"),))
    assert q.speaker
    assert (q.speaker.name, q.speaker.authority) == ("C. M. Whitfield", "gnd:118")


def test_the_canonical_name_itself_gets_the_authority_id() -> None:
    """A speaker who is called by the canonical name already gets the id, too."""
    (q,) = _quotations(*_said_by("Clara Whitfield"), aliases=(Alias("the Dam Lady", "Clara Whitfield", "gnd:118"),))
    assert q.speaker
    assert (q.speaker.name, q.speaker.authority) == ("Clara Whitfield", "gnd:118")


def test_an_alias_may_be_a_source_word_for_word() -> None:
    """A source that names no person means the one whom the user put down for just these words."""
    aliases = (Alias("a spokesman for the fire service", "Owen Tarrant", "gnd:7"),)
    (q,) = _quotations(*_said_by("a spokesman for the fire service"), aliases=aliases)
    assert q.speaker
    assert (q.speaker.name, q.speaker.authority) == ("Owen Tarrant", "gnd:7")


def test_an_alias_is_found_whatever_its_case_and_accents() -> None:
    """Letter case and accents of an alias do not matter."""
    (q,) = _quotations(*_said_by("Irène Castan"), aliases=(Alias("IRENE CASTAN", "Irène Castan-Roy"),))
    assert q.speaker
    assert q.speaker.name == "Irène Castan-Roy"
    assert q.speaker.authority is None


def test_an_alias_of_one_form_names_all_of_the_person() -> None:
    """An alias of one form of a name reaches the other forms that were joined with it."""
    aliases = (Alias("Clara Whitfield", "Clara Whitfield MP", "gnd:118"),)
    names = _names(*_said_by("Clara Whitfield", "Whitfield", "C. Whitfield"), aliases=aliases)
    assert names == ["Clara Whitfield MP"] * 3


def test_two_aliases_of_one_name_join_what_nothing_else_would() -> None:
    """Two names that have no word in common are one speaker where the user says so."""
    aliases = (Alias("Clara Whitfield", "Ada Stone", "gnd:1"), Alias("Ruth Tarrant", "Ada Stone", "gnd:1"))
    a, b = _quotations(*_said_by("Clara Whitfield", "Ruth Tarrant"), aliases=aliases)
    assert a.speaker == b.speaker


def test_an_alias_touches_nobody_else() -> None:
    """Speakers whom no alias names stay as they were."""
    texts = _said_by("Clara Whitfield", "Owen Tarrant", "Clara Tarrant")
    aliases = (Alias("Clara Whitfield", "Ada Stone"),)
    assert _names(*texts, aliases=aliases) == ["Ada Stone", *_names(*texts)[1:]]


def test_identify_without_quotations_is_nothing() -> None:
    """No quotations have no speakers."""
    assert identify([], aliases=(Alias("a", "b"),)) == ()


def test_a_file_of_aliases_is_read_line_by_line(tmp_path: Path) -> None:
    """Alias, name and, where there is one, id, with tabs between; empty lines and lines that begin with # are none."""
    path = tmp_path / "names.tsv"
    path.write_text(
        "# people\n\nC. Whitfield\tClara Whitfield\tgnd:118\nthe mayor\tClara Whitfield\nX\tY\t\n", encoding="utf-8"
    )
    assert read_aliases(path) == (
        Alias("C. Whitfield", "Clara Whitfield", "gnd:118"),
        Alias("the mayor", "Clara Whitfield"),
        Alias("X", "Y"),
    )


@pytest.mark.parametrize(
    "line",
    ["only one field", "\tClara Whitfield", "an alias\t", "an alias\t \tgnd:1"],
    ids=["one", "no alias", "no name", "blank"],
)
def test_a_malformed_line_of_aliases_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    """A line without alias or name is refused, and the error says which line of which file."""
    path = tmp_path / "names.tsv"
    path.write_text(f"# people\nC. Whitfield\tClara Whitfield\n{line}\n", encoding="utf-8")
    with pytest.raises(InputMalformed) as told:
        read_aliases(path)
    assert told.value.where == f"{path}:3"


def test_a_file_of_aliases_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A missing file is a named error with the path in it."""
    with pytest.raises(InputMissing, match="nowhere"):
        read_aliases(tmp_path / "nowhere.tsv")


def test_a_binary_file_of_aliases_is_a_named_error(tmp_path: Path) -> None:
    """A file that is no text is told of in one sentence, with its path."""
    path = tmp_path / "names.tsv"
    path.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(QuotealignError, match="names"):
        read_aliases(path)


def _extract(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[dict[str, object]], str]:
    capfd.readouterr()
    status = main(["extract", *map(str, arguments)])
    out, err = capfd.readouterr()
    return status, [json.loads(line) for line in out.splitlines() if line.startswith("{")], err


def test_the_command_line_takes_aliases(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`extract --aliases FILE` prints the name and the authority id of the file."""
    (tmp_path / "a.txt").write_text("“It is done,” said Clara Whitfield.\n", encoding="utf-8")
    (tmp_path / "names.tsv").write_text("Clara Whitfield\tAda Stone\tgnd:1\n", encoding="utf-8")
    status, rows, _ = _extract(capfd, "--aliases", tmp_path / "names.tsv", "-f", "jsonl", tmp_path / "a.txt")
    assert status == 0
    speaker = next(row["speaker"] for row in rows if "speaker" in row)
    assert isinstance(speaker, dict)
    assert (speaker["name"], speaker["authority"]) == ("Ada Stone", "gnd:1")


def test_the_command_line_names_the_malformed_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`extract --aliases FILE` with a bad line fails in one sentence that holds file and line."""
    (tmp_path / "a.txt").write_text("“It is done,” said Clara Whitfield.\n", encoding="utf-8")
    (tmp_path / "names.tsv").write_text("A\tB\nno tab here\n", encoding="utf-8")
    status, rows, err = _extract(capfd, "--aliases", tmp_path / "names.tsv", tmp_path / "a.txt")
    assert status != 0
    assert not rows
    assert "names.tsv:2" in err
    assert "Traceback" not in err


# -- confidence ------------------------------------------------------------------------------------------------------

TWO_MINISTERS = (
    "Minister Clara Whitfield met Minister Ruth Tarrant on Monday. They walked along the dam. "
    "“The wall held all night,” the minister said."
)
TWO_PEOPLE = "Mr. Prentice met Mr. Harker at the dam. “The wall held all night,” he said."
NAMED = "“The wall held all night,” said Clara Whitfield."
GUESSED = "Clara Whitfield walked along the dam. “The wall held all night.”"
LEVELS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 0.9, 0.96, 1.0)


def _levels(text: str) -> Sequence[str]:
    return [_names(text, least=least)[-1] for least in LEVELS]


def test_least_withholds_a_speaker_who_is_only_one_of_two() -> None:
    """A role that two people bear names one of them at a low confidence, nobody at a high one."""
    assert _names(TWO_MINISTERS, least=0.1) != [""]
    assert _names(TWO_MINISTERS, least=0.8) == [""]


def test_least_withholds_a_pronoun_that_two_people_fit() -> None:
    """A pronoun that may mean either of two people names nobody where much confidence is asked for."""
    assert _names(TWO_PEOPLE, least=0.1) != [""]
    assert _names(TWO_PEOPLE, least=0.9) == [""]


def test_least_keeps_a_name_beside_its_cue() -> None:
    """A full name right beside its verb is sure enough for any sensible level."""
    assert _names(NAMED, least=0.9) == ["Clara Whitfield"]


@pytest.mark.parametrize("text", [TWO_MINISTERS, TWO_PEOPLE, NAMED, GUESSED])
def test_a_higher_least_only_takes_speakers_away(text: str) -> None:
    """Raising the level never names anybody new and never another one."""
    named = _levels(text)
    for lower, higher in itertools.pairwise(named):
        assert higher in (lower, "")


@pytest.mark.parametrize("text", [TWO_MINISTERS, TWO_PEOPLE, NAMED, GUESSED])
def test_the_confidence_of_a_named_speaker_is_at_least_the_setting(text: str) -> None:
    """Whoever is named is named with the confidence that was asked for; the quotation itself stays."""
    for least in LEVELS:
        quotations = _quotations(text, least=least)
        assert len(quotations) == 1
        for quotation in quotations:
            assert quotation.speaker is None or (quotation.confidence or 0) >= least


def test_nobody_is_named_below_the_default() -> None:
    """A guess at whom a bare quotation is by may give a source; by default it names no speaker."""
    (quotation,) = _quotations(GUESSED)
    assert quotation.speaker is None or (quotation.confidence or 0) >= Settings().least
