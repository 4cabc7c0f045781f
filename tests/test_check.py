"""`check`: where the words of a draft stand in its sources, and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from check_builders import collection, misquoted
from hypothesis import given, settings
from hypothesis import strategies as st
from test_documents import BROKEN, a_pdf

from quotealign.checking import Sources, check
from quotealign.cli import main
from quotealign.formats.articles import read
from quotealign.formats.findings import finding_of, finding_record
from quotealign.model import Article, Finding, Kind, Verdict
from quotealign.pipeline import Settings, align
from quotealign.text.chains import best_chain
from quotealign.text.concordance import Concordance

SPEECH = """Opening of the harbour bridge

Mayor Ana Torvald spoke for ten minutes. “We will not close the old bridge before the new one carries every bus in this
city,” Torvald said. “The money is there: 40 million crowns, and every one of them is borrowed.”

Engineer Pavel Brandt was less certain. “Not one pillar stands. I think the winter will decide, and the winter has never
asked the council,” said Brandt. He called the plan “a ladder without rungs”.
""".replace("this\ncity", "this city").replace("never\nasked", "never asked")

TRANSCRIPT = """Good evening. I came to tell you that the lighthouse will be lit again in March. My grandfather kept it
for thirty years and he never once slept through a storm. Thank you all for coming tonight.
""".replace("it\nfor", "it for")


def verdict(draft: str, *sources: str, lang: str = "en") -> Finding:
    """The finding on the only quotation of a draft."""
    articles = [Article(id=f"source{number}", text=text, lang=lang) for number, text in enumerate(sources or (SPEECH,))]
    findings, _ = check(Article(id="draft", text=draft, lang=lang), articles)
    (finding,) = findings
    return finding


CASES = [
    ("“We will not close the old bridge before the new one carries every bus in this city,” Torvald said.", "verbatim"),
    ("Brandt called it “a ladder without rungs”.", "verbatim"),
    ("“we will not close the old bridge before the new one carries every bus in this City”, Torvald said.", "cosmetic"),
    ("“The money is there: 40 million crowns,” Ana Torvald said.", "trimmed"),
    ("“We will not close the old bridge … in this city,” Torvald said.", "trimmed"),
    ("“We will not shut the old bridge before the new one carries every bus in this town,” Torvald said.", "reworded"),
    ("“We will close the old bridge before the new one carries every bus in this city,” Torvald said.", "altered"),
    ("“The money is there: 50 million crowns, and every one of them is borrowed,” Torvald said.", "altered"),
    (
        "“We will not close the old bridge before the new one, and the winter has never asked the council,” "
        "Torvald said.",
        "stitched",
    ),
    ("“I think the winter will decide, and the winter has never asked the council,” said Torvald.", "misattributed"),
    ("“We shall all swim to work and be happier for it,” Torvald said.", "unsupported"),
]


@pytest.mark.parametrize(("draft", "wanted"), CASES)
def test_each_verdict(draft: str, wanted: str) -> None:
    """What was done to a quotation is what is said of it."""
    assert verdict(draft).verdict.value == wanted


def test_words_are_found_in_a_text_without_marks() -> None:
    """A transcript supports what was said, though nothing stands in marks there."""
    found = verdict("“My grandfather kept it for thirty years,” she said.", TRANSCRIPT)
    assert (found.verdict, found.passage and found.passage.quoted) == (Verdict.TRIMMED, False)
    assert found.score == 1.0


def test_what_the_reporter_says_between_is_nobodys_words() -> None:
    """A quotation that its source splits may stand in one piece."""
    source = "“We will go home,” she said, “and we will sleep for a week.”"
    assert verdict("“We will go home, and we will sleep for a week,” she said.", source).verdict == Verdict.VERBATIM


def test_an_ellipsis_owns_up() -> None:
    """An omission with an ellipsis in its place is marked, one without is not."""
    with_one = verdict("“We will not close the old bridge … in this city,” Torvald said.")
    without = verdict("“The money is there: 40 million crowns,” Torvald said.")
    assert (with_one.marked, without.marked) == (True, False)


@pytest.mark.parametrize(
    ("words", "wanted", "marked"),
    [
        (
            "[Our council] will not close the old bridge before the new one carries every bus in this city",
            "trimmed",
            True,
        ),
        ("[w]e will not close the old bridge before the new one carries every bus in this city", "cosmetic", None),
        ("We will not close the old bridge [sic] before the new one carries every bus in this city", "cosmetic", None),
        ("We will not close the old bridge before the new one carries every bus in [Torvik]", "trimmed", True),
    ],
)
def test_brackets_own_up(words: str, wanted: str, marked: bool | None) -> None:
    """Words of the draft's own between brackets are declared; a bracketed capital and a remark change no word."""
    found = verdict(f"“{words},” Torvald said.")
    assert (found.verdict.value, found.marked) == (wanted, marked), found.edits


def test_a_sentence_may_be_left_out_with_an_ellipsis() -> None:
    """What stands apart in one utterance, with an ellipsis between, is trimmed and not stitched."""
    source = "“We had no boat that year. The winter was long and dark. So we walked over the ice,” said Ana Torvald."
    draft = "“We had no boat that year … So we walked over the ice,” said Torvald."
    assert verdict(draft, source).verdict == Verdict.TRIMMED
    glued = "“We had no boat that walked over the ice,” said Torvald."
    assert verdict(glued, source).verdict in (Verdict.STITCHED, Verdict.ALTERED)


def test_two_sources_made_one_are_both_shown() -> None:
    """Of a quotation put together from two articles, both passages are told."""
    other = "“Nobody has ever counted the herons on the northern island properly,” said Ana Torvald."
    draft = (
        "“We will not close the old bridge before the new one has ever counted the herons on the northern island,” "
        "Torvald said."
    )
    found = verdict(draft, SPEECH, other)
    assert found.verdict == Verdict.STITCHED
    assert {p.article for p in (found.passage, *found.further) if p} == {"source0", "source1"}


def test_a_negation_that_was_cut_alters() -> None:
    """Words left out in front of what stays may turn it round."""
    source = "“I do not believe that the council has lied to us about the harbour,” said Ana Torvald."
    assert verdict("“The council has lied to us about the harbour,” said Torvald.", source).verdict == Verdict.ALTERED


def test_what_a_cut_at_the_end_conditions_is_altered() -> None:
    """A condition left out is told wherever it stood, and so is what a denial was about."""
    source = (
        "“I would only sell the boat if the harbour pays half of it. We did not decide this lightly,” said Ana Lee."
    )
    assert verdict("“I would sell the boat,” said Lee.", source).verdict == Verdict.ALTERED
    assert verdict("“We did not decide this,” said Lee.", source).verdict == Verdict.ALTERED


@pytest.mark.parametrize(
    ("said", "draft", "wanted"),
    [
        ("We will not sell the mill", "Mayor Ana Lee promised to “sell the mill”.", "trimmed"),
        ("We will not sell the mill", "Mayor Ana Lee promised not to “sell the mill”.", "verbatim"),
        ("If we lose in May, I will leave politics", "Ana Lee said she “will leave politics”.", "trimmed"),
        ("If we lose in May, I will leave politics", "If she loses in May, Ana Lee “will leave politics”.", "verbatim"),
        ("We will keep every promise to the town", "Lee said she would “keep every promise to the town”.", "verbatim"),
    ],
)
def test_a_fragment_of_what_is_denied_is_no_promise(said: str, draft: str, wanted: str) -> None:
    """A fragment is as printed, and still trimmed, where its clause denies or conditions it and the draft does not."""
    assert verdict(draft, f"“{said},” said Ana Lee, the mayor of the town.").verdict.value == wanted


def test_a_pronoun_in_the_source_contradicts_no_name() -> None:
    """Whom the source calls she, or a spokesman, may be whom the draft names."""
    for tag in ("she said", "a spokesman said", "the minister told reporters"):
        source = f"The minister spoke on Monday. “The offer is final and we will not move from it,” {tag}."
        draft = "“The offer is final and we will not move from it,” said the minister, Hanna Orsdal."
        assert verdict(draft, source).verdict == Verdict.VERBATIM, tag


def test_a_sentence_left_out_is_named() -> None:
    """What stood between two sentences is shown, and what it conditioned is altered."""
    rest = "The vote is on Monday at nine in the old hall."
    found = verdict(f"“We agree. {rest}” said Ana Lee.", f"“We agree. Nobody asked us twice. {rest}” said Ana Lee.")
    assert (found.verdict, "Nobody asked us twice" in found.message) == (Verdict.TRIMMED, True)
    found = verdict(f"“We agree. {rest}” said Ana Lee.", f"“We agree, if the town pays. {rest}” said Ana Lee.")
    assert found.verdict == Verdict.ALTERED


def test_a_commentary_made_a_quotation_is_told() -> None:
    """Words that a source has without marks, though it quotes others, are not verbatim."""
    source = "The council has known of the rot in the bridge for years. “I know nothing of it,” said Ida Berg."
    found = verdict("“The council has known of the rot in the bridge for years,” said Berg.", source)
    assert (found.verdict, "outside marks" in found.message) == (Verdict.COSMETIC, True)


@pytest.mark.parametrize(
    ("source", "draft", "wanted"),
    [
        (
            "Lee will stand again. “They'll ask us here to pay too,” Lee said.",
            "They will ask us here to pay too",
            "cosmetic",
        ),
        (
            "“We are glad,” Lee said. “I'm not going to ask them to pay.”",
            "I am not going to ask them to pay",
            "cosmetic",
        ),
        (
            "The captain, Ada Strand, left. “She was told to wait,” said Lee.",
            "[Ada Strand] was told to wait",
            "trimmed",
        ),
        ("“She should have acted in September,” Lee said.", "[Ada Strand] should have acted in September", "trimmed"),
        (
            "“The mills are safe. The men are not. The ships will be paid,” Lee said.",
            "The mills are safe … The ships will be paid",
            "trimmed",
        ),
        (
            "“The mills are safe. The men are sad. The ships will be paid,” Lee said.",
            "The mills are safe. The ships will be paid",
            "trimmed",
        ),
        ("“No, the port will not be sold this year,” Lee said.", "The port will not be sold this year", "trimmed"),
        (
            "Q: Are you sad?\n\nA: They called me once.\n\nQ: And glad?\n\nA: We have more money now.",
            "They called me once. We have more money now",
            "stitched",
        ),
    ],
)
def test_what_is_found_elsewhere_by_chance_makes_nothing_of_two_places(source: str, draft: str, wanted: str) -> None:
    """A contraction written out, a name in brackets, an article of another sentence have no place of their own."""
    assert verdict(f"“{draft},” Lee said.", source).verdict.value == wanted


def test_two_answers_with_a_question_between_are_two() -> None:
    """What somebody else says between two answers is not left out: they are no utterance."""
    source = (
        "ANA LEE: We are not closing the school.\n\nTOM RAND: In writing?\n\nANA LEE: I will write it tomorrow morning."
    )
    found = verdict("“We are not closing the school. I will write it tomorrow morning,” said Ana Lee.", source)
    assert found.verdict == Verdict.STITCHED


def test_a_source_that_says_the_opposite_is_named() -> None:
    """Words that one source has and another one denies are verbatim, and the message tells of the other."""
    found = verdict(
        "“The mill will close in the spring of next year,” said Ana Lee.",
        "“The mill will close in the spring of next year,” said Ana Lee.",
        "“The mill will not close in the spring of next year,” said Ana Lee.",
    )
    assert found.verdict == Verdict.VERBATIM
    assert "source1:1 has it otherwise" in found.message
    assert "“not”" in found.message


def test_an_omission_is_marked_in_its_own_place() -> None:
    """A bracket elsewhere does not own up to a silent cut, and [sic] is wrong where the source is right."""
    source = "“The old harbour wall of our town has stood for ninety years, and the gulls know it well,” said Ana Lee."
    found = verdict("“The old harbour [!] wall of our town has stood for ninety years,” said Lee.", source)
    assert (found.verdict, found.marked) == (Verdict.TRIMMED, False)
    sic = verdict(
        "“The old harbour walls [sic] of our town has stood for ninety years, and the gulls know it well,” Lee said.",
        source,
    )
    assert "[sic] says that “walls” stands there so, and “wall” does" in sic.message


@pytest.mark.parametrize(
    ("said", "printed", "wanted"),
    [
        ("a grey harbour full of colour and noise", "a gray harbor full of color and noise", "cosmetic"),
        ("twenty kilometres of cable", "20 kilometers of cable", "cosmetic"),
        ("an enormous problem for sailors", "an enormous issue for sailors", "reworded"),
    ],
)
def test_a_few_words_in_another_form_still_have_their_source(said: str, printed: str, wanted: str) -> None:
    """Another spelling, a figure for a word, a word of the same meaning: the passage tells what they tell."""
    found = verdict(f"Torvald spoke of “{printed}”.", f"“It is {said},” said Ana Torvald.")
    assert (found.verdict.value, found.score) == (wanted, 1.0), found.edits


def test_the_passage_is_in_its_source() -> None:
    """Spans, sentence, line and column of a passage lead to its words."""
    found = verdict(CASES[0][0])
    passage = found.passage
    assert passage is not None
    assert " ".join(SPEECH[s:e] for s, e in passage.spans) == passage.text
    assert SPEECH[slice(*passage.sentence_span)] == passage.sentence
    assert passage.text in " ".join(passage.sentence.split())
    line = SPEECH.split("\n")[passage.line - 1]
    assert line[passage.column - 1 :].startswith("We will not close")
    assert passage.speaker is not None
    assert passage.speaker.name == "Ana Torvald"


@pytest.mark.parametrize(("draft", "wanted"), CASES)
def test_reading_what_was_written_gives_the_same_finding(draft: str, wanted: str) -> None:
    """A finding goes through its record unchanged."""
    found = verdict(draft)
    record = json.loads(json.dumps(finding_record(found)))
    assert finding_of(record, "here") == found
    assert finding_of(record, "here").id == record["id"]


def test_a_near_miss_is_shown_and_is_no_support() -> None:
    """The closest passage stands beside an unsupported quotation, and the message says that it is no more."""
    found = verdict("“We will never sell the old mill before the new one grinds every grain in this city,” he said.")
    assert found.verdict == Verdict.UNSUPPORTED
    assert found.passage is not None
    assert "closest" in found.message


def test_of_several_places_the_one_that_fits_speaks() -> None:
    """Where one source gives the words to another, and one to the same speaker, the draft is right."""
    other = SPEECH.replace("Ana Torvald", "Ida Lund").replace("Torvald", "Lund")
    assert verdict(CASES[0][0], other, SPEECH).verdict == Verdict.VERBATIM
    assert verdict(CASES[0][0], other).verdict == Verdict.MISATTRIBUTED


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("“The reeds were taller than the church that summer,” said Marta Engel, head of the Reed Society.", "Engel"),
        ("“The reeds were taller than the church that summer,” said Marta Engel.", "Dr. Marta Engel"),
        ("“The reeds were taller than the church that summer,” a spokesman for the Reed Society said.", "Engel"),
        ("The reeds were taller than the church that summer.", "Engel"),
    ],
)
def test_no_speaker_is_doubted_without_another_name(source: str, name: str) -> None:
    """The same name in full or in part, a role, or nobody, contradict no speaker."""
    draft = f"“The reeds were taller than the church that summer,” said {name}."
    assert verdict(draft, source).verdict == Verdict.VERBATIM


def test_short_words_prove_nothing() -> None:
    """A few words that stand somewhere by chance, among others, are no support."""
    assert verdict("“Every one of the herons is here,” he said.").verdict == Verdict.UNSUPPORTED


def test_a_script_without_spaces() -> None:
    """Chinese is found, though nothing shows where a word ends."""
    source = "林海说：“我们明年春天会修好这座老桥，大家都可以走过去。”"
    found = verdict("林海说：“我们明年春天会修好这座老桥，大家都可以走过去。”", source, lang="zh")
    assert found.verdict == Verdict.VERBATIM


def test_a_translation_is_told_where_names_and_figures_tell() -> None:
    """What a source has in another language is no unsupported quotation, and no verbatim one either."""
    source = (
        "« Le festival de Brennhaven a vendu 4500 billets en 1987, et l'orchestre Castellan a joué trois symphonies », "
        "a déclaré Ana Torvald. Elle est la directrice du festival, et elle parlera encore de la musique demain."
    )
    text = "The Brennhaven festival sold 4500 tickets in 1987, and the Castellan orchestra played three symphonies"
    sources = [Article(id="fr", text=source, lang="fr")]
    findings, _ = check(Article(id="d", text=f"“{text},” said Ana Torvald.", lang="en"), sources)
    assert [f.verdict for f in findings] == [Verdict.TRANSLATED]
    other = "“The ferry to Brennhaven was painted green by nobody in particular last week,” said Ana Torvald."
    findings, _ = check(Article(id="d", text=other, lang="en"), sources)
    assert [f.verdict for f in findings] == [Verdict.UNSUPPORTED]


KINDS = (
    "verbatim",
    "trimmed",
    "ellipsis",
    "stitched",
    "misattributed",
    "cosmetic",
    "altered",
    "reworded",
    "unsupported",
)


def test_invented_drafts_are_judged_by_what_was_done_to_them() -> None:
    """Of drafts made from 60 invented articles, nearly all quotations get the verdict of their making."""
    texts, said = collection(60)
    _, strangers = collection(4, seed=99)
    rows = []
    for number, one in enumerate(said):
        kind = KINDS[number % len(KINDS)]
        other = said[number // 4 * 4 + (number + 2) % 4]
        if kind == "unsupported":
            one = strangers[number % len(strangers)]
            text = " ".join(reversed(one.text.split()))
        else:
            text = misquoted(one, other, kind)[0]
        rows.append(("trimmed" if kind == "ellipsis" else kind, text, misquoted(one, other, kind)[1]))
    draft = "".join(f"“{text},” said {who}.\n\n" for _, text, who in rows)
    sources = Sources([Article(id=name, text=text, lang="en") for name, text in texts.items()])
    findings, _ = sources.check(Article(id="draft", text=draft, lang="en"))
    assert len(findings) == len(rows)
    right = [finding.verdict.value == kind for finding, (kind, *_) in zip(findings, rows, strict=True)]
    wrong = [
        (kind, finding.verdict.value, finding.quotation.text)
        for finding, (kind, *_) in zip(findings, rows, strict=True)
        if finding.verdict.value != kind
    ]
    assert sum(right) >= 0.93 * len(right), wrong


@given(
    st.lists(st.sampled_from("a b c d e f".split()), max_size=12), st.lists(st.sampled_from("a b c d e f x y".split()))
)
@settings(max_examples=200, deadline=None)
def test_a_chain_holds_equal_words_in_order(query: list[str], row: list[str]) -> None:
    """Whatever two rows hold, each run of their chain is in both, and runs follow each other in both."""
    number = {word: k for k, word in enumerate("abcdefxy", 1)}
    one, other = [number[w] for w in query], [number[w] for w in row]
    chain = best_chain(one, [1.0] * len(one), other)
    at_q = at_p = 0
    for q, p, length in chain.runs:
        assert length > 0
        assert q >= at_q
        assert p >= at_p
        assert one[q : q + length] == other[p : p + length]
        at_q, at_p = q + length, p + length
    assert chain.weight == sum(run.length for run in chain.runs)


@given(st.lists(st.text(max_size=80), max_size=5), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_a_concordance_takes_any_text(texts: list[str], sought: str) -> None:
    """Every word's place holds the word, and a stretch lies in one text, whatever the texts are."""
    concordance = Concordance(texts)
    words = concordance.words(sought)
    assert all(sought[word.start : word.end].strip() for word in words)
    for stretch in concordance.stretches([word.number for word in words], 5):
        for place in range(stretch.first, stretch.last):
            start, end = concordance.span(place)
            assert texts[stretch.text][start:end].strip()


@given(st.lists(st.text(alphabet="abc ", max_size=30), min_size=1, max_size=4), st.text(alphabet="abc ", max_size=20))
@settings(max_examples=100, deadline=None)
def test_a_concordance_without_a_text_is_that_of_the_others(texts: list[str], sought: str) -> None:
    """Counts, weights and stretches are those of the other texts alone."""
    less, others = Concordance(texts).without([0]), Concordance(["", *texts[1:]])
    words = [(a.number, b.number) for a, b in zip(less.words(sought), others.words(sought), strict=True)]
    assert [less.information(a) for a, _ in words] == [others.information(b) for _, b in words]
    assert less.size == others.size
    ours, theirs = less.stretches([a for a, _ in words], 5), others.stretches([b for _, b in words], 5)
    gap = len(less.words(texts[0]))
    assert [(s.text, s.first - gap, s.last - gap, s.shared) for s in ours] == [tuple(s) for s in theirs]


@given(st.text(alphabet="“”\"'. ,\nabcA—…[]()", max_size=200), st.text(alphabet="“”\"'. ,\nabcA—…[]()", max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_draft_and_source_get_findings(draft: str, source: str) -> None:
    """A finding for every quotation that is speech, with spans that lead to words, whatever marks there are."""
    findings, _ = check(Article(id="d", text=draft, lang="en"), [Article(id="s", text=source, lang="en")])
    for finding in findings:
        if finding.passage is not None:
            assert " ".join(source[s:e] for s, e in finding.passage.spans) == finding.passage.text


# -- the command -------------------------------------------------------------------------------------------------------

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """`check` in a folder that has a draft and its sources; status, output, errors."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "speech.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "draft.txt").write_text("\n\n".join(draft for draft, _ in CASES) + "\n", encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CASES[0][0] + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["check", *arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode("utf-8"), err.decode("utf-8")

    return call


def test_the_status_tells_whether_there_are_findings(run: Run) -> None:
    """0 clean, 1 findings at or above --fail-on, 2 an error."""
    assert run("clean.txt", "--against", "sources")[0] == 0
    assert run("draft.txt", "--against", "sources")[0] == 1
    assert run("draft.txt", "--against", "sources", "--fail-on", "never")[0] == 0
    assert run("draft.txt", "--against", "nowhere")[0] == 2
    assert run("clean.txt", "--against", "sources", "--fail-on", "verbatim")[0] == 1


def test_json_has_a_finding_for_every_quotation_in_order(run: Run) -> None:
    """One document; the quotations stand as in the draft, and each finding leads to its place."""
    _, out, _ = run("draft.txt", "--against", "sources", "-f", "json")
    findings = json.loads(out)["findings"]
    assert [f["verdict"] for f in findings] == [wanted for _, wanted in CASES]
    assert [f["line"] for f in findings] == sorted(f["line"] for f in findings)
    keys = {"type", "schema", "quotation", "verdict", "passage", "edits", "score", "message", "id", "class"}
    assert all(keys <= set(f) and f["type"] == "finding" for f in findings)
    assert len({f["id"] for f in findings}) == len(findings)


def test_lines_are_what_an_editor_jumps_to(run: Run) -> None:
    """file:line:column: verdict: message, none for what is as said."""
    _, out, _ = run("draft.txt", "--against", "sources", "-f", "line")
    lines = out.splitlines()
    assert len(lines) == sum(wanted != "verbatim" for _, wanted in CASES)
    assert lines[0].startswith("draft.txt:5:2: cosmetic: ")


def test_github_gets_one_command_a_line(run: Run) -> None:
    """Whatever a message holds, it stays on its line, and its percent signs are escaped."""
    _, out, _ = run("draft.txt", "--against", "sources", "-f", "github")
    assert all(
        line.startswith(("::error file=draft.txt,line=", "::warning ", "::notice ")) for line in out.splitlines()
    )
    assert "%25" in out or "%" not in out


REQUIRED: dict[str, tuple[str, ...]] = {
    "sarifLog": ("version", "runs"),
    "run": ("tool",),
    "toolComponent": ("name",),
    "reportingDescriptor": ("id",),
    "result": ("message",),
}
"""What SARIF 2.1.0 requires of each object that we write."""


def test_sarif_is_what_the_standard_asks_for(run: Run) -> None:
    """Required properties, known levels, positive lines and columns, rules that exist, URIs without spaces."""
    Path("my draft.txt").write_text(CASES[6][0] + "\n", encoding="utf-8")
    _, out, _ = run("my draft.txt", "draft.txt", "--against", "sources", "-f", "sarif")
    log = json.loads(out)
    assert log["version"] == "2.1.0"
    assert set(REQUIRED["sarifLog"]) <= set(log)
    (one,) = log["runs"]
    assert one["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = one["tool"]["driver"]
    assert driver["name"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    for rule in driver["rules"]:
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
        assert rule["shortDescription"]["text"]
    assert one["results"]
    for result in one["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert " " not in physical["artifactLocation"]["uri"]
        region = physical["region"]
        assert min(region[k] for k in ("startLine", "startColumn", "endLine", "endColumn")) >= 1
        assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        ids = [related["id"] for related in result.get("relatedLocations", [])]
        assert len(ids) == len(set(ids))
        assert all(isinstance(number, int) and number >= 0 for number in ids)


def test_sarif_is_valid_by_the_schema(run: Run) -> None:
    """The JSON Schema of the standard finds no fault, and is able to."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    run("draft.txt", "--against", "sources", "--baseline", "known.json", "--update-baseline")
    _, out, _ = run("draft.txt", "--against", "sources", "--baseline", "known.json", "-f", "sarif")
    log = json.loads(out)
    assert [error.message for error in validator.iter_errors(log)] == []
    assert any("suppressions" in result for result in log["runs"][0]["results"])
    log["runs"][0]["results"][0]["level"] = "dreadful"
    assert list(validator.iter_errors(log))


def test_text_fits_the_terminal(run: Run) -> None:
    """No line is wider than asked for; the last one counts the verdicts."""
    for width in (40, 80):
        _, out, _ = run("draft.txt", "--against", "sources", "--width", str(width), "--color", "never")
        assert max(map(len, out.splitlines())) <= width
    assert "11 quotations" in out


def test_the_page_is_one_file_and_escapes_what_it_shows(run: Run) -> None:
    """A draft that is markup stays text, and nothing is fetched."""
    Path("draft.txt").write_text("“We <script>alert(1)</script> close the old bridge,” said Torvald.", encoding="utf-8")
    run("draft.txt", "--against", "sources", "-o", "found.html")
    page = Path("found.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "script" in page
    assert "http" not in page.replace("http-equiv", "")


def test_accepted_findings_no_longer_fail(run: Run) -> None:
    """A baseline lets stand what it names; a new finding still fails, and an edited one is new."""
    assert run("draft.txt", "--against", "sources", "--baseline", "known.json", "--update-baseline")[0] == 0
    assert run("draft.txt", "--against", "sources", "--baseline", "known.json")[0] == 0
    draft = Path("draft.txt").read_text(encoding="utf-8")
    Path("draft.txt").write_text("A new line above.\n\n" + draft, encoding="utf-8")
    assert run("draft.txt", "--against", "sources", "--baseline", "known.json")[0] == 0
    Path("draft.txt").write_text(draft.replace("50 million", "60 million"), encoding="utf-8")
    status, out, _ = run("draft.txt", "--against", "sources", "--baseline", "known.json", "-f", "json")
    assert status == 1
    assert [f["verdict"] for f in json.loads(out)["findings"] if not f["accepted"]].count("altered") == 1


def test_the_configuration_is_found_above(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """quotealign.toml holds for the folders below it; its paths are its own, and the command line goes before it."""
    Path("quotealign.toml").write_text('[check]\nagainst = ["sources"]\nfail-on = "never"\n', encoding="utf-8")
    Path("below").mkdir()
    monkeypatch.chdir("below")
    assert run("../draft.txt")[0] == 0
    assert run("../draft.txt", "--fail-on", "altered")[0] == 1


@pytest.mark.parametrize(
    "toml",
    [
        '[check]\nagianst = ["sources"]\n',
        "[check]\nagainst = 3\n",
        "[check\n",
        'check = "all"\n',
        '# ours\n[chek]\nagainst = ["sources"]\n',
        'lang = "en"\n',
        '[check]\nfail-on = "alterd"\n',
        "[check]\nsupport = 7\n",
    ],
)
def test_a_wrong_configuration_is_told_in_one_sentence(run: Run, toml: str) -> None:
    """A key that nobody knows, a value of a wrong kind, and what is no TOML end with status 2."""
    Path("quotealign.toml").write_text(toml, encoding="utf-8")
    status, _, err = run("draft.txt", "--against", "sources")
    assert status == 2
    assert err.count("\n") == 1
    last = toml.rstrip("\n").count("\n") + (0 if "chek" in toml else 1)
    assert f"quotealign.toml:{last}" in err


def test_no_draft_and_no_sources_is_told_as_such(run: Run) -> None:
    """Who only says `check` learns what to say."""
    status, _, err = run()
    assert (status, "quotealign check draft.txt --against sources/" in err) == (2, True)


def test_csv_has_a_byte_order_mark_where_it_is_asked_for(run: Run) -> None:
    """So that a spreadsheet reads it as UTF-8; other formats have none."""
    _, out, _ = run("draft.txt", "--against", "sources", "-f", "csv", "--bom")
    assert out.startswith("\ufefffile,")
    assert run("draft.txt", "--against", "sources", "-f", "json", "--bom")[0] == 2


def test_the_page_says_what_is_in_its_list_and_what_the_verdicts_mean(run: Run) -> None:
    """All that is not as said is listed, what is left out is counted; every verdict has its sentence."""
    _, page, _ = run("draft.txt", "--against", "sources", "-f", "html")
    listed = page.partition("</nav>")[0].partition("<nav")[2]
    assert [listed.count(f" {name}</a>") for name in ("trimmed", "reworded", "altered", "verbatim")] == [2, 1, 2, 0]
    assert "Not in this list: 2 verbatim, 1 cosmetic." in page
    assert all(f"<dd>{verdict.meaning}</dd>" in page for verdict in Verdict)


def test_odd_input_gets_one_sentence(run: Run) -> None:
    """An empty draft, no sources, an empty folder: status 2; a draft without quotations is clean."""
    Path("empty.txt").write_text(" \n", encoding="utf-8")
    Path("plain.txt").write_text("Nothing is quoted here.\n", encoding="utf-8")
    Path("nothing").mkdir()
    for arguments in (["empty.txt", "--against", "sources"], ["draft.txt"], ["draft.txt", "--against", "nothing"]):
        status, out, err = run(*arguments)
        assert (status, out, err.count("\n")) == (2, "", 1), arguments
    status, out, _ = run("plain.txt", "--against", "sources", "-f", "json")
    assert (status, json.loads(out)) == (0, {"findings": []})


@pytest.mark.parametrize(
    ("name", "data", "why"), [*BROKEN, ("scan.pdf", a_pdf("q Q"), "a scan")], ids=lambda value: str(value)[:12]
)
def test_a_draft_or_source_that_cannot_be_read_gets_one_sentence(run: Run, name: str, data: bytes, why: str) -> None:
    """A password, a broken file, a page without text, a scan: status 2, or 3 where other sources are left."""
    if name.endswith(".pdf"):
        pytest.importorskip("pypdf")
    Path(name).write_bytes(data)
    for arguments in ([name, "--against", "sources"], ["clean.txt", "--against", name]):
        status, out, err = run(*arguments)
        assert (status, out, err.count("\n")) == (2, "", 1), arguments
        assert name in err
        assert why in err
    status, out, err = run("clean.txt", "--against", name, "--against", "sources", "-f", "json")
    assert (status, len(json.loads(out)["findings"])) == (3, 1)
    assert f"skipped: {name}: " in err


def test_a_draft_does_not_support_itself(run: Run) -> None:
    """A draft that lies in the folder of the sources is not one of them."""
    Path("sources/draft.txt").write_text("“We shall all swim to work,” Torvald said.", encoding="utf-8")
    _, out, _ = run("sources/draft.txt", "--against", "sources", "-f", "json")
    assert [f["verdict"] for f in json.loads(out)["findings"]] == ["unsupported"]


def test_the_same_draft_gives_the_same_bytes(run: Run) -> None:
    """Nothing depends on the hour, the folder or the run."""
    first = [run("draft.txt", "--against", "sources", "-f", name)[1] for name in ("json", "sarif", "html", "text")]
    second = [run("draft.txt", "--against", "sources", "-f", name)[1] for name in ("json", "sarif", "html", "text")]
    assert first == second
    assert str(Path.cwd()) not in "".join(first)


def test_words_that_another_article_has_without_marks_join_as_indirect() -> None:
    """With `unmarked`, a witness stands where the reporter says the same words; what joins nothing is not told of."""
    marked = Article("a", "Ada Miller warned of “grave structural shortcomings” in the harbour on Monday.\n", lang="en")
    bare = Article(
        "b", "The mayor came to the harbour, citing grave structural shortcomings there, and left.\n", lang="en"
    )
    other = Article("c", "Nobody spoke of the harbour, and grave matters were left alone.\n", lang="en")
    (cluster,) = align([marked, bare, other], settings=Settings(unmarked=True)).clusters
    made = align([marked, bare, other], settings=Settings(unmarked=True))
    (found,) = [q for q in made.quotations if q.kind == Kind.INDIRECT]
    assert (found.article, found.text, found.rule) == ("b", "grave structural shortcomings", "unmarked")
    assert bare.text[slice(*found.spans[0])] == found.text
    assert found.id in cluster.quotations
    assert align([marked, bare, other]).clusters == ()


# -- other formats of drafts and sources -------------------------------------------------------------------------------

TEI_OF_OTHERS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A speech</title>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
<text xml:lang="en"><body><head>Opening of the harbour bridge</head>
<p>Mayor Ana Torvald spoke. <said>We will not close the old bridge before the new one carries every bus in this
  city,</said> Torvald said. “<q>The money is there: 40 million crowns</q>,” she said, and
<q>that is <q>all</q></q>.</p>
</body></text></TEI>
"""


def places(out: str) -> list[tuple[str, int, int, str]]:
    """Verdict, line, column and words of each finding in a JSON document."""
    found = json.loads(out)["findings"]
    return [(f["verdict"], f["line"], f["column"], f["quotation"]["text"]) for f in found]


def test_tei_is_a_draft_and_a_source_like_the_text_it_holds(run: Run) -> None:
    """The file that `align` writes has the findings and the lines of its article; a folder of TEI is a source."""
    _, plain, _ = run("draft.txt", "--against", "sources", "-f", "json")
    assert main(["align", "draft.txt", "sources", "-o", "out"]) == 0
    run("clean.txt", "--against", "sources")
    _, of_tei, _ = run("out/tei/article.draft.xml", "--against", "sources", "-f", "json")
    assert places(of_tei) == places(plain)
    assert json.loads(of_tei)["findings"][0]["file"] == "out/tei/article.draft.xml"
    _, by_tei, _ = run("draft.txt", "--against", "out/tei/article.speech.xml", "-f", "json")
    assert json.loads(by_tei)["findings"] == json.loads(plain)["findings"]


def test_what_tei_of_others_encodes_as_said_is_said(run: Run) -> None:
    """Marks that the encoding stands for are there again, those in the text are not doubled; lines are paragraphs."""
    Path("bridge.xml").write_text(TEI_OF_OTHERS, encoding="utf-8")
    _, out, _ = run("bridge.xml", "--against", "sources", "-f", "json")
    words = "We will not close the old bridge before the new one carries every bus in this city,"
    assert places(out)[:2] == [
        ("verbatim", 3, 27, words),
        ("trimmed", 3, 127, "The money is there: 40 million crowns,"),
    ]
    assert "“that is ‘all’”" in text_of(Path("bridge.xml"))
    assert run("clean.txt", "--against", "bridge.xml")[0] == 0


def text_of(path: Path) -> str:
    """The text that is read from a file of one article."""
    (article,) = read([path])
    assert isinstance(article, Article)
    return article.text


def test_records_are_drafts_and_sources_from_files_and_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON Lines, one article or several, with lines and columns in each article's own text."""
    first, second = (Path(name).read_text(encoding="utf-8") for name in ("clean.txt", "draft.txt"))
    rows = [json.dumps({"id": name, "text": text}) for name, text in (("clean", first), ("draft", second))]
    Path("drafts.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    Path("source.jsonl").write_text(json.dumps({"id": "speech", "text": SPEECH}) + "\n", encoding="utf-8")
    _, plain, _ = run("clean.txt", "draft.txt", "--against", "sources", "-f", "json")

    def piped(text: str, *arguments: str) -> tuple[int, str, str]:
        stdin = TextIOWrapper(BytesIO(text.encode("utf-8")), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stdin)
        return run(*arguments, "-f", "json")

    for found in (
        run("drafts.jsonl", "--against", "source.jsonl", "-f", "json"),
        piped("\n".join(rows), "-", "--against", "sources"),
        piped("\n".join(rows), "--against", "sources"),
        piped(json.dumps({"id": "speech", "text": SPEECH}), "clean.txt", "draft.txt", "--against", "-"),
    ):
        assert (found[0], places(found[1])) == (1, places(plain))
    files = {
        f["file"] for f in json.loads(run("drafts.jsonl", "--against", "source.jsonl", "-f", "json")[1])["findings"]
    }
    assert files == {"drafts.jsonl#clean", "drafts.jsonl#draft"}
    assert places(piped(first, "-", "--from", "txt", "--against", "sources")[1]) == places(plain)[:1]
    status, _, err = piped(rows[0], "-", "--against", "-")
    assert (status, err.count("\n")) == (2, 1)
    assert "standard input" in err


def test_a_quotation_in_another_language_is_judged_by_that_language() -> None:
    """A French quotation in an English draft loses its denial, and that is seen."""
    source = "« Le bac ne partira pas avant que le port ait payé un nouveau moteur », a déclaré Ana Torvald."
    draft = (
        "The harbour master was blunt. “Le bac partira avant que le port ait payé un nouveau moteur,” said Ana Torvald."
    )
    sources = Sources([Article("source", source, "fr")])
    (found,), _ = sources.check(Article("draft", draft, "en"))
    assert (found.quotation.lang, found.verdict) == ("fr", Verdict.ALTERED)
