"""Divergences of single pairs: records, a table, a table for a paper. `WRITERS` is the table of names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from quotealign.formats.records import Record, divergence_record, dump, edit_record
from quotealign.formats.spreadsheet import csv_of, tsv_of
from quotealign.formats.tex import printable
from quotealign.model import Divergence, Layer

Row = tuple[str, str, str, Divergence]
"""A pair's id, its two texts, and how they diverge."""


def _jsonl(rows: Sequence[Row]) -> str:
    return "".join(dump({"id": name, **divergence_record(d)}) for name, _, _, d in rows)


def with_layers(rows: Sequence[Row], layers: Sequence[Sequence[Layer]]) -> str:
    """The records, each with the `layers` of its pair: name, both texts behind it, the edits that it explains."""
    return "".join(
        dump({"id": name, **divergence_record(d), "layers": [_layer(layer) for layer in some]})
        for (name, _, _, d), some in zip(rows, layers, strict=True)
    )


def _layer(layer: Layer) -> Record:
    return {"name": layer.name, "a": layer.a, "b": layer.b, "explained": [edit_record(e) for e in layer.explained]}


def _table(write: Callable[[Sequence[str], Iterable[Sequence[str]]], str], rows: Sequence[Row]) -> str:
    names = list(rows[0][3].metrics) if rows else []
    figures = ((d.divergence, d.severity, *(d.metrics[n] for n in names)) for *_, d in rows)
    return write(
        ("id", "class", "divergence", "severity", *names),
        ((row[0], row[3].label, *map(str, values)) for row, values in zip(rows, figures, strict=True)),
    )


def _latex(rows: Sequence[Row]) -> str:
    """A table with the rules of booktabs, the signature in a note; of several pairs the mean stands below them."""
    names = list(rows[0][3].metrics) if rows else []
    lines = [
        "% needs \\usepackage{booktabs}",
        "\\begin{table}",
        "\\centering",
        "\\caption{Divergence of quotations}",
        f"\\begin{{tabular}}{{ll{'r' * (2 + len(names))}}}",
        "\\toprule",
        _line("pair", "class", "divergence", "severity", *names),
        "\\midrule",
    ]
    for number, (name, _, _, d) in enumerate(rows, 1):
        figures = (f"{value:.2f}" for value in (d.divergence, d.severity, *(d.metrics[n] for n in names)))
        lines.append(_line(name or str(number), d.label, *figures))
    if len(rows) > 1:
        columns = zip(*((d.divergence, d.severity, *(d.metrics[n] for n in names)) for *_, d in rows), strict=True)
        lines += ["\\midrule", _line("mean", "", *(f"{sum(column) / len(rows):.2f}" for column in columns))]
    lines += ["\\bottomrule", "\\end{tabular}"]
    signatures = dict.fromkeys(d.signature for *_, d in rows if d.signature)
    for signature in signatures:
        # A signature is one long word to TeX: it may break behind its bars and equals signs.
        breakable = (
            printable(signature).replace("\\textbar{}", "\\textbar{}\\allowbreak{}").replace("=", "=\\allowbreak{}")
        )
        lines.append(f"\\par\\medskip{{\\raggedright\\footnotesize Signature: \\texttt{{{breakable}}}\\par}}")
    return "\n".join([*lines, "\\end{table}"]) + "\n"


def _line(*cells: str) -> str:
    return " & ".join(map(printable, cells)) + " \\\\"


WRITERS: dict[str, Callable[[Sequence[Row]], str]] = {
    "jsonl": _jsonl,
    "csv": partial(_table, csv_of),
    "tsv": partial(_table, tsv_of),
    "latex": _latex,
}
