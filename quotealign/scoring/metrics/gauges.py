"""What a metric is: a name that, made ready for the texts of a run, becomes a gauge.

Most metrics look at two texts only. Some learn from all the texts compared in one run (how rare a word is, which
subwords there are), or ask an encoder about all of them at once; their signature names what they learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quotealign.text.nearest import Encoder


class Texts(NamedTuple):
    """Two texts to compare, each with its language: `a` is the reference, `b` what is held against it."""

    a: str
    b: str
    lang_a: str = "en"
    lang_b: str = "en"

    @property
    def is_across(self) -> bool:
        """Whether they are of two languages; two countries' ways of one language are one."""
        return self.lang_a != self.lang_b and self.lang_a.split("-")[0] != self.lang_b.split("-")[0]


class Gauge(NamedTuple):
    """A metric made ready: what it reads off two texts, and its signature."""

    measure: Callable[[Texts], float]
    signature: str


Ready = Callable[[Sequence[Texts], Encoder | None], Gauge]


@dataclass(frozen=True, slots=True)
class Metric:
    """A named figure: what it says and what it does not, and how it is made ready.

    ready     takes all texts that will be compared, and an encoder where one was named
    settings  the signature as far as it is known before there are texts
    needs     what else it takes, for people; empty where two texts are enough
    """

    name: str
    ready: Ready
    settings: Callable[[], str]
    good_for: str
    not_for: str
    needs: str = ""


def of_two_texts(
    name: str, measure: Callable[[Texts], float], settings: Callable[[], str], good_for: str, not_for: str
) -> Metric:
    """A metric that looks at the two texts only."""

    def ready(run: Sequence[Texts], encoder: Encoder | None) -> Gauge:
        return Gauge(measure, settings())

    return Metric(name, ready, settings, good_for, not_for)


def all_texts(run: Sequence[Texts]) -> list[tuple[str, str]]:
    """The texts of a run with their languages, each once, in an order that does not depend on how they came."""
    return sorted({(pair.a, pair.lang_a) for pair in run} | {(pair.b, pair.lang_b) for pair in run})
