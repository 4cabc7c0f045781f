"""Invented articles, and drafts whose quotations were made from them in a known way."""

from __future__ import annotations

import random
from dataclasses import dataclass

GIVEN = "Ada Bruno Clara Dario Elsa Fritz Gerda Hugo Irma Jonas Karin Ludo Mira Nils Olga Piet".split()
FAMILY = "Achterberg Brandvold Castellan Dombrow Eklund Farrow Grisham Holub Ivarsen Jankowitz Kestrel Lovelund".split()
SUBJECTS = "the ferry|our harbour|the old mill|this council|the winter market|every bakery|the night train".split("|")
VERBS = "carried repaired painted measured defended visited described counted promised borrowed".split()
OBJECTS = "seven crates of apples|a bridge of oak|the whole street|twelve stubborn goats|a library card".split("|")
ENDS = "before the frost|without a word|in a single evening|for the children of Torvik|under a red lamp".split("|")


@dataclass(frozen=True)
class Said:
    """An utterance of an invented article."""

    article: str
    speaker: str
    text: str


def place(rng: random.Random) -> str:
    """A name for a place that there is hardly twice."""
    return "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3)).capitalize()


def article(number: int, rng: random.Random) -> tuple[str, list[Said]]:
    """The text of an article, and what is said in it: two people, two quotations each of two clauses."""
    people = [f"{rng.choice(GIVEN)} {family}" for family in rng.sample(FAMILY, 2)]
    paragraphs, said = [f"Notes from quarter {number}"], []
    for turn in range(4):
        who = people[turn % 2]
        clauses = [
            f"{rng.choice(SUBJECTS)} of {place(rng)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} from {place(rng)} to "
            f"{place(rng)} {rng.choice(ENDS)}"
            for _ in range(2)
        ]
        text = f"{clauses[0]}, and {clauses[1]}"
        text = text[0].upper() + text[1:]
        paragraphs.append(f"The talk went on. “{text},” said {who} on Monday.")
        said.append(Said(f"article{number}", who, text))
    return "\n\n".join(paragraphs) + "\n", said


def collection(amount: int, seed: int = 0) -> tuple[dict[str, str], list[Said]]:
    """Articles by name, and all that is said in them."""
    rng = random.Random(seed)
    made = {f"article{number}": article(number, rng) for number in range(100, 100 + amount)}
    return {name: text for name, (text, _) in made.items()}, [one for _, said in made.values() for one in said]


def misquoted(one: Said, other: Said, kind: str) -> tuple[str, str]:
    """Words and speaker of a draft's quotation, made from an utterance in a known way; `other` is of the same article,
    by the same or another person."""
    words = one.text.split()
    if kind == "trimmed":
        return " ".join(words[:-4]), one.speaker
    if kind == "ellipsis":
        return " ".join([*words[:3], "…", *words[6:]]), one.speaker
    if kind == "cosmetic":
        return one.text.replace(",", "") + "!", one.speaker
    if kind == "altered":
        return one.text.replace(", and ", ", and nobody thinks "), one.speaker
    if kind == "reworded":
        return one.text.replace(", and ", ", and quietly "), one.speaker
    if kind == "stitched":
        return " ".join([*words[: len(words) // 2], *other.text.split()[-7:]]), one.speaker
    if kind == "misattributed":
        return one.text, "Rosalind Quandt"
    return one.text, one.speaker
