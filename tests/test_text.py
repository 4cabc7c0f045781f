"""What any text is made of: paragraphs, sentences, words, subwords, and figures of likeness."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from quotealign.languages import codes, language
from quotealign.text import combining, edits
from quotealign.text.identification import identify, of_passage
from quotealign.text.likeness import likeness
from quotealign.text.normalization import fold, fold_accents, fold_typography
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.subwords import Subwords, train
from quotealign.text.tokens import is_unspaced, tokenize, words

EN = language("en")
CHINESE = [f"市长说我们将在{year}年建成这座大桥并且不会增加税收" for year in range(2000, 2060)]
ENGLISH = [f"The mayor said that they will build bridge number {n} next year, and nobody objected." for n in range(60)]


def _cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[s:e] for s, e in spans]


def test_a_line_is_a_paragraph_in_news() -> None:
    """Each line that is not blank is a paragraph, whatever ends it."""
    text = "One.\nTwo.\r\n\r\n \t\nThree.\u2028Four.\rFive."
    assert _cut(text, paragraphs(text)) == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_hard_wrapped_text_has_a_paragraph_a_block() -> None:
    """Lines broken at a fixed width do not break a quotation that runs over them."""
    block = "“We will build the bridge this year, and we will\npay for it with the money that has been put by for\n"
    block += (
        "it by those who were here before us and thought of\nthose who would come after them one day in the years\n"
    )
    text = f"{block}to come,” the mayor said.\n\n{block}to come,” she said again."
    assert len(paragraphs(text)) == len(text.split("\n\n"))
    assert "".join(_cut(text, paragraphs(text))) == text.replace("\n\n", "")


@pytest.mark.parametrize(
    "text", ["Mr. Smith left.", "Gen. A. Miller left.", "The U.S. army left.", "It cost 3.5 million."]
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    """Nor do initials, nor the points in numbers."""
    assert _cut(text, sentences(text, EN)) == [text]


def test_a_stop_inside_marks_ends_the_sentence_with_its_mark() -> None:
    """The closing mark goes with the sentence that it ends."""
    text = "“We won.” The crowd cheered! Why? 我们赢了。大家欢呼。"
    assert _cut(text, sentences(text, EN)) == ["“We won.”", "The crowd cheered!", "Why?", "我们赢了。", "大家欢呼。"]


@pytest.mark.parametrize(
    "word", ["reaffirm(ing)", "[t]hey", "don’t", "co-operate", "3,000.5", "U.S.", "e\u0301te\u0301", "Müller’s"]
)
def test_what_belongs_together_is_one_word(word: str) -> None:
    """Declared edits, apostrophes, hyphens, points and combining marks do not cut a word."""
    assert [piece.text for piece in tokenize(f"and {word} now")] == ["and", word, "now"]


@pytest.mark.parametrize(
    "text",
    [
        "বাংলাদেশের নদী",
        "ગુજરાતી ਪੰਜਾਬੀ ଓଡ଼ିଆ",
        "தமிழ் తెలుగు ಕನ್ನಡ മലയാളം",
        "සිංහල ශ්\u200dරී ދިވެހި ܫܠܳܡܳܐ",
        "अ॒ग्निमी॑ळे क्\u200dष می\u200cخواهم",
        "བོད ཡིག",
        "\U00011013\U0001103c\U0001102b\U00011038",
        "葛\U000e0100 か\u309a",
        "צה״ל ר׳ בְּרֵאשִׁית",
    ],
)
def test_marks_and_joiners_do_not_part_from_their_letters(text: str) -> None:
    """Vowel signs, accents and joiners of any script, geresh and gershayim are part of the word."""
    assert [(piece.text, piece.is_word) for piece in tokenize(text)] == [(word, True) for word in text.split()]


def test_hebrew_punctuation_is_no_part_of_a_word() -> None:
    """Maqaf, paseq, sof pasuq and the turned nun stand for themselves."""
    assert [piece.text for piece in tokenize("בית־ספר א׀ב אמר׃ ׆")] == "בית ־ ספר א ׀ ב אמר ׃ ׆".split()


@pytest.mark.parametrize(
    "emoji",
    [
        "❤\ufe0f",
        "👩\u200d🚀",
        "👩🏽\u200d🚀",
        "👍🏽",
        "1\ufe0f\u20e3",
        "#\ufe0f\u20e3",
        "🇫🇷",
        "🏴\U000e0067\U000e0062\U000e007f",
        "©\ufe0f",
    ],
)
def test_an_emoji_is_one_token(emoji: str) -> None:
    """What is shown as one picture is one, also where two stand side by side."""
    assert [piece.text for piece in tokenize(f"so {emoji}{emoji}.")] == ["so", emoji, emoji, "."]


def test_in_thai_a_word_ends_behind_a_mark_and_never_before_it() -> None:
    """Without spaces between words a run would be one token; no sign is cut off."""
    assert [piece.text for piece in tokenize("เราจะสร้างสะพานขึ้น")] == ["เราจะสร้", "างสะพานขึ้", "น"]


@pytest.mark.parametrize("text", ["\u0301a ”\u0301", "\u200d\u200c x", "\U00011038\ufe0f", " ि ", "\u05f4a\u05f4"])
def test_marks_that_stand_alone_are_not_lost(text: str) -> None:
    """Tokens and the white space between them give the text back, whatever it is made of."""
    assert "".join(piece.text for piece in tokenize(text)) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["Agree(ing) to 3.5, U.S. don’t -- “well…”", "Zürich: ‚nein‘ [t]hey ''no''", "«Да» — 12/03 x_y ``a``", "§ 5 €"],
)
def test_plain_text_is_cut_as_any_text_is(text: str) -> None:
    """Text beside which a picture or a mark that combines stands is cut as it is by itself."""
    alone = [piece.text for piece in tokenize(text)]
    assert [piece.text for piece in tokenize(f"{text} ☂")] == [*alone, "☂"]
    assert [piece.text for piece in tokenize(f"e\u0301 {text}")] == ["e\u0301", *alone]


def test_the_written_out_marks_are_those_of_unicode() -> None:
    """A later Unicode has more; a mark of ours is a mark there, too."""
    ours = re.compile(f"[{combining.MARKS}{combining.UNSPACED_MARKS}{combining.ASTRAL_MARKS}]")
    marks = {c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c).startswith("M")}
    found = {c for c in map(chr, range(sys.maxunicode + 1)) if ours.match(c)}
    assert found == marks if unicodedata.unidata_version == combining.UNICODE else found < marks


def test_a_declared_edit_is_compared_without_its_brackets() -> None:
    """reaffirm(ing) is compared as reaffirming, and keeps its brackets in print."""
    (piece,) = tokenize("reaffirm(ing)")
    assert (piece.text, piece.n) == ("reaffirm(ing)", "reaffirming")


def test_typography_is_folded_and_words_are_not() -> None:
    """Marks, dashes and invisible characters count as the same; a letter more does not."""
    assert fold("Co‑operation’s") == fold("co-operation's")
    assert fold_typography("“a\u00adb” – c") == fold_typography('"ab" - c')
    assert fold_accents("Goïta") == fold_accents("goita")
    assert fold("nation") != fold("nations")
    assert words("e\u0301te\u0301") == words("été")


def test_training_twice_gives_the_same_bytes() -> None:
    """Subwords depend on the texts, not on their order, their number, or the run."""
    model = train(ENGLISH).model
    assert model
    assert train(ENGLISH).model == model
    assert train([*reversed(ENGLISH), *ENGLISH]).model == model
    assert train(ENGLISH[:40]).model != model


def test_too_little_text_is_cut_by_character() -> None:
    """Where no model can be trained, nothing fails and nothing is lost."""
    subwords = train(["ab c"])
    assert subwords.size == 0
    assert subwords.pieces("Ab c") == ["a", "b", "c"]
    assert subwords.surface("ab c") == [(0, 1), (1, 2), (3, 4)]


@pytest.mark.parametrize("texts", [CHINESE, ENGLISH], ids=["Chinese", "English"])
@pytest.mark.parametrize("text", ["市长说  我们将\u3000建成大桥", "The MAYOR said", "👩‍👩‍👧 ﬁn", "", " \n"])
def test_subwords_cover_every_visible_character_once(texts: list[str], text: str) -> None:
    """Spans of the pieces are in order, do not overlap, and leave out white space only."""
    for subwords in (train(texts), Subwords(None)):
        assert "".join(_cut(text, subwords.surface(text))) == "".join(text.split())


def test_chinese_is_cut_into_pieces_longer_than_characters() -> None:
    """Words that recur in the corpus at hand are found without a dictionary."""
    text = CHINESE[0]
    pieces = _cut(text, train(CHINESE).surface(text))
    assert len(pieces) < len(text)


def test_scripts_without_spaces_are_recognised() -> None:
    """Chinese and Thai need subwords; Arabic, Korean and Russian show their words."""
    assert all(map(is_unspaced, ["我们将建桥", "เราจะสร้างสะพาน", "橋を作ります"]))
    assert not any(map(is_unspaced, ["سنبني الجسر", "우리는 다리를", "мы построим", "the 桥", "", "12 %"]))


def test_a_language_is_identified_from_its_function_words_or_not_at_all() -> None:
    """Text in a language that we have data for is told by it; a few words are not enough."""
    assert identify("The mayor said that it was not for her to decide on what they had asked of the council.") == "en"
    assert (
        identify("Le maire a dit que ce n’est pas à elle de décider de ce qu’ils ont demandé dans la lettre.") == "fr"
    )
    assert identify("Die Bürgermeisterin sagte, dass sie nicht über das entscheiden werde, was der Rat will.") == "de"
    assert identify("市长说，我们将建成新的桥梁。") == "zh"
    assert identify("Esper Bourita Rabat") == identify("") == "und"


@pytest.mark.parametrize("code", codes())
def test_likeness_is_symmetric_and_one_for_the_same(code: str) -> None:
    """Which of two words comes first makes no difference in any language."""
    some = ["defence", "defense", "not", "never", "20", "twenty", "reaffirms", "reaffirm", "été", "ete", ",", "a"]
    rules = language(code)
    assert all(likeness(a, a, rules) == 1 for a in some)
    assert all(likeness(a, b, rules) == likeness(b, a, rules) <= 1 for a in some for b in some)


PAIRS = [
    ("strong and here to stay", "strong and made to last"),
    ("", ""),
    ("a", ""),
    ("été", "ete"),
    ("to be", "be to"),
]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_figures_are_rapidfuzz_s_own(a: str, b: str) -> None:
    """What we call a likeness is the library's number, as a share."""
    assert edits.similarity(a, b) == edits.word_similarity(a, b) == Levenshtein.normalized_similarity(a, b)
    assert edits.token_sort(a, b) * 100 == pytest.approx(fuzz.token_sort_ratio(a, b))
    assert edits.token_set(a, b) * 100 == pytest.approx(fuzz.token_set_ratio(a, b))
    assert edits.partial(a, b) * 100 == pytest.approx(fuzz.partial_ratio(a, b))


def test_common_runs_are_a_common_subsequence() -> None:
    """Runs rise in both rows, and the words there are equal."""
    a, b = "we will build the bridge now".split(), "now we build a bridge".split()
    runs = edits.common_runs(a, b)
    assert [a[i : i + n] for i, _, n in runs] == [b[j : j + n] for _, j, n in runs] == [["we"], ["build"], ["bridge"]]


@pytest.mark.parametrize(
    ("text", "lang", "wanted"),
    [
        ("Nous ne voulons pas d'un pont et nous l'avons dit au maire", "en", "fr"),
        ("We do not want a bridge and we have told the mayor so", "de", "en"),
        ("We do not want a bridge and we have told the mayor so", "en", "en"),
        ("Deutsche Bahn und Post", "en", "en"),
        ("Δεν θα κλείσουμε την παλιά γέφυρα πριν από τον χειμώνα αυτόν", "en", "und"),
        ("我们不会在春天之前关闭那座旧桥", "en", "zh"),
        ("Harbour Bridge Tunnel Ferry Timetable Committee Chairman Report", "en", "en"),
    ],
)
def test_a_passage_of_some_length_tells_its_own_language(text: str, lang: str, wanted: str) -> None:
    """Eight words tell; fewer, or names only, stay in the language of what they stand in."""
    assert of_passage(text, lang) == wanted
