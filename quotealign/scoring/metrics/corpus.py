"""Metrics that learn from the texts of a run: how rare each word is, and which subwords there are.

What they learn depends on the set of texts alone, not on their order; its digest is in the signature.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

from quotealign.errors import CorpusTooSmall
from quotealign.languages import language
from quotealign.scoring.metrics.gauges import Gauge, Texts, all_texts
from quotealign.scoring.metrics.translation import bleu_of
from quotealign.text.nearest import Encoder
from quotealign.text.stems import stem
from quotealign.text.subwords import train
from quotealign.text.tokens import words

_VOCABULARY = 4000


def idf_settings(texts: str = "N", digest: str = "DIGEST") -> str:
    """The signature of `idf-f1` for so many texts with this digest."""
    learnt = f"texts:{texts}|corpus:{digest}"
    return f"idf:log(1+N/n)|case:folded|{learnt}|version:PyStemmer-{version('PyStemmer')}"


def idf_f1(run: Sequence[Texts], encoder: Encoder | None) -> Gauge:
    """F1 of the stems in common, each weighing log(1 + N/n): N texts in the run, n of them with this stem."""
    texts = all_texts(run)
    holding = Counter(one for text, lang in texts for one in set(_stems(text, lang)))

    def weight(counts: Counter[str]) -> float:
        # The order of a sum of fractions must not depend on the order of a set.
        return math.fsum(n * math.log(1 + len(texts) / max(1, holding[one])) for one, n in counts.items())

    def measure(pair: Texts) -> float:
        a, b = Counter(_stems(pair.a, pair.lang_a)), Counter(_stems(pair.b, pair.lang_b))
        whole = weight(a) + weight(b)
        return 2 * weight(a & b) / whole if whole else float(not a and not b)

    return Gauge(measure, idf_settings(str(len(texts)), _digest(texts)))


def _stems(text: str, lang: str) -> list[str]:
    rules = language(lang)
    return [stem(word, rules) for word in words(text)]


def spbleu_settings(pieces: str = "N", model: str = "DIGEST") -> str:
    """The signature of `spbleu` for a model of so many pieces with this digest."""
    learnt = f"tok:sentencepiece-unigram|pieces:{pieces}|model:{model}"
    return f"nrefs:1|case:folded|eff:yes|{learnt}|smooth:exp|version:sentencepiece-{version('sentencepiece')}"


def spbleu(run: Sequence[Texts], encoder: Encoder | None) -> Gauge:
    """BLEU over the subwords of a sentencepiece model trained on the run's texts, in [0, 100].

    After spBLEU (Goyal et al. 2022), whose one model for 101 languages is not shipped here: figures of different
    runs cannot be compared unless their signatures agree. Raises `CorpusTooSmall`.
    """
    texts = all_texts(run)
    subwords = train((text for text, _ in texts), vocabulary=_VOCABULARY)
    if subwords.model is None:
        raise CorpusTooSmall(
            f"too little text to train subwords on ({sum(len(text) for text, _ in texts)} characters)",
            where="metric spbleu",
            do="score more pairs in one run, or leave spbleu out",
        )

    def measure(pair: Texts) -> float:
        return bleu_of(subwords.pieces(pair.a), subwords.pieces(pair.b))

    model = hashlib.sha256(subwords.model).hexdigest()[:10]
    return Gauge(measure, spbleu_settings(str(subwords.size), model))


def _digest(texts: Sequence[tuple[str, str]]) -> str:
    whole = "\0".join(f"{lang}\0{text}" for text, lang in texts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:10]
