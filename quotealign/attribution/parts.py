"""The part that a word can play in a name, as far as the word alone tells: asked once for it and not at each place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.text.months import names_like_months
from quotealign.text.normalization import APOSTROPHES
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Piece, forms

_NICK = frozenset("\"“”„«»‘’'") | {"''", "``"}
LINKS = frozenset({"of", "for", "de", "du", "des", "für", "der", "d", "and", "et", "und", "&"})
_CLAUSE = frozenset(',:"“”')


class Part(NamedTuple):
    """What a word can be in and beside a run of name words: Canadian | Secretary | of | Transport | Anna | Smith.

    n                  the compared form, empty where it is the usual one of the token
    is_capital         a word that begins with a capital letter
    opens              a run may begin with it; where it `needs_stop`, only if a full stop follows: M. Dupont
    goes_on            a capital word that a run may go on with
    ends               it can stand in no run, whatever stands beside it
    dangles            a run cannot end with it: a mark, a link, a title in lower case
    link               of, for, and: it holds a title or a body's name together
    particle           van, der, and the hyphen behind al; `hung` is a capital word with one hung on it: al-Sarraj
    nick               a mark about a nickname
    head               a word for a title, a role, a body or an office
    before_name        it is taken off the front of a run: a title, a demonym, a stop
    takes_stop         its full stop belongs to it: Mr.
    possessive         Smith's; `owner` takes in Jones'
    governs            a preposition: for Smith
    family             a word for a person that is a family name as well: Billie King
    nobody             a word for somebody who is not named: sources
    trade              a person by the last part of the word: Hafenarbeiter; Neubauer may be a family
    account            what somebody is said to have said: Angaben
    article            a determiner, where every noun has a capital: what stands behind it need be no name
    definite           the article before what a body is called, where nouns have none: the | Harbour Post
    leads              a determiner or a demonym: the clause still opens with the name behind it
    before_clause      a mark behind which a clause opens
    gender             m or f of an honorific, else ?
    voice              m or f of a pronoun in the singular, else empty
    counts             a run may begin with it, or it has a voice: all others are passed over
    """

    n: str = ""
    is_word: bool = True
    is_capital: bool = False
    opens: bool = False
    needs_stop: bool = False
    goes_on: bool = False
    ends: bool = True
    dangles: bool = False
    link: bool = False
    particle: bool = False
    hung: bool = False
    nick: bool = False
    head: bool = False
    title: bool = False
    titled: bool = False
    office: bool = False
    body: bool = False
    demonym: bool = False
    function: bool = False
    before_name: bool = False
    takes_stop: bool = False
    possessive: bool = False
    owner: bool = False
    apostrophe: bool = False
    governs: bool = False
    family: bool = False
    nobody: bool = False
    trade: bool = False
    account: bool = False
    article: bool = False
    definite: bool = False
    leads: bool = False
    before_clause: bool = False
    gender: str = "?"
    voice: str = ""
    counts: bool = False


_NO_PART = Part()
NAME = Part(is_capital=True, opens=True, goes_on=True, ends=False, counts=True)
"""A capital word that the data knows nothing of: what most names are made of."""
_ACCOUNT = NAME._replace(opens=False, counts=False, account=True)
_BODY, _TRADE = NAME._replace(body=True), NAME._replace(trade=True)
_FAMILY = _TRADE._replace(family=True)


class Lexicon:
    """The parts of one language's words, each read from its data when the word is first met."""

    def __init__(self, language: Language) -> None:
        self.language = language
        lists = (
            *(language.titles, language.roles, language.bodies, language.offices, language.honorifics),
            *(language.outlets, language.articles),
            *(language.demonyms, language.particles, language.source_ends, language.determiners, language.pronouns),
            *(language.months, language.weekdays, language.function_words, language.contractions, LINKS),
        )
        self._listed = frozenset(word for words in lists for word in words)
        self._parts = Remembered(self._part)

    def in_row(self, tokens: Sequence[str]) -> list[Part]:
        """The parts of tokens that follow each other, where a month may be somebody's name."""
        parts = self._parts.each(tokens)
        for k in names_like_months(tokens, self.language):
            parts[k] = NAME
        return parts

    def of(self, pieces: Iterable[Piece]) -> list[Part]:
        """The parts of some tokens whose compared forms may have been changed, likewise."""
        parts = self._parts.each(f"{piece.text}\n{piece.n}" for piece in pieces)
        for k in names_like_months([piece.text for piece in pieces], self.language):
            parts[k] = NAME
        return parts

    def _part(self, token: str) -> Part:
        front, hyphen, tail = token.partition("-")
        plain = len(token) > 1 and front.isalnum() and (not hyphen or tail.replace("-", "").isalnum())
        if plain and token[-1] != "-" and forms(token)[0] not in self._listed:
            hung = tail[:1].isupper() and front.lower() in self.language.particles
            if not hung:
                return self._name(token) if token[0].isupper() else _NO_PART
        # Behind a line feed, which no token holds, the compared form where it is not the usual one.
        text, _, changed = token.partition("\n")
        usual, is_word = forms(text)
        return _part(text, changed or usual, is_word, self.language)

    def _name(self, token: str) -> Part:
        """A capital word that no list has; the last part of a compound may tell what it is."""
        language, word = self.language, token.lower()
        if word in language.clauses.accounts:
            return _ACCOUNT
        for last in language.last_parts(word):
            if last in language.roles or last in language.titles:
                return _FAMILY if last in language.family_names else _TRADE
            if last in language.bodies or last in language.outlets:
                return _BODY
        return NAME


def _part(text: str, n: str, is_word: bool, language: Language) -> Part:
    is_capital = is_word and text[:1].isupper()
    front, _, tail = text.partition("-")
    hung = tail[:1].isupper() and front.lower() in language.particles
    letters = text.replace(".", "")
    acronym = len(letters) > 1 and letters.isalpha() and letters.isupper()  # US is no pronoun, whatever us is
    dated = n in language.months or n in language.weekdays
    led = n in language.source_ends or n.partition("'")[2] in language.source_ends  # Yesterday, d'après
    small = dated or led or n in language.function_words or n in language.pronouns
    named = is_capital and n not in language.contractions
    title, honorific, office = n in language.titles, n in language.honorifics, n in language.offices
    role, body, demonym = n in language.roles, n in language.bodies, n in language.demonyms
    body = body or n in language.outlets
    link, particle, nick = n in LINKS, text == "-" or n.rstrip("-") in language.particles, text in _NICK
    freely = (named and (acronym or not small)) or (hung and not is_capital)
    goes_on = is_capital and n not in language.weekdays and n not in language.pronouns
    lower_title = title and not is_capital
    opens = freely or (named and honorific)
    gender, number = language.pronouns.get(n, ("?", "?"))
    voice = gender if gender in ("m", "f") and number == "sg" else ""
    return Part(
        n=n,
        is_word=is_word,
        is_capital=is_capital,
        opens=opens,
        needs_stop=not freely,
        goes_on=goes_on,
        ends=not (goes_on or lower_title or link or particle or hung or nick or text == "."),
        dangles=not is_word or link or lower_title,
        link=link,
        particle=particle,
        hung=hung,
        nick=nick,
        head=title or role or body or office,
        title=title,
        titled=title or honorific,
        office=office,
        body=body,
        demonym=demonym,
        function=n in language.function_words,
        before_name=title or honorific or demonym or office or role or text in (".", ","),
        takes_stop=title or honorific or len(text) == 1,
        possessive=n.endswith("'s"),
        owner=n.endswith(("'s", "'")),
        apostrophe=text in APOSTROPHES,
        governs=(link and n not in language.conjunctions and n != "&") or n in language.source_ends,
        family=is_capital and n in language.family_names,
        nobody=n in language.anonymous,
        article=language.noun_capitals and n in language.determiners,
        definite=n in language.articles,
        leads=demonym or n in language.determiners,
        before_clause=text in _CLAUSE,
        gender=language.honorifics.get(n, "?"),
        voice=voice,
        counts=opens or bool(voice),
    )


_LEXICONS: dict[str, Lexicon] = {}


def lexicon(language: Language) -> Lexicon:
    """The lexicon of a language; a new one where its data has changed since."""
    found = _LEXICONS.get(language.code)
    if found is None or found.language is not language:
        found = _LEXICONS[language.code] = Lexicon(language)
    return found
