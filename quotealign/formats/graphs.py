"""The variant graph for other programs: DOT for Graphviz, GraphML for Gephi, yEd, Cytoscape, igraph and networkx.

Nodes are readings, edges are witnesses; a further edge joins words that changed places, in DOT a dashed one.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence

from quotealign.formats.tei.elements import encodable
from quotealign.model import Apparatus, Edge, variant_graph
from quotealign.model.graph import END, START

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_KEYS = {
    "d0": ("node", "label", "string"),
    "d1": ("node", "unit", "int"),
    "d2": ("node", "witnesses", "string"),
    "d3": ("edge", "label", "string"),
    "d4": ("edge", "weight", "int"),
    "d5": ("edge", "type", "string"),
}


def dot(apparatuses: Sequence[Apparatus]) -> str:
    """A digraph for each apparatus, left to right, readings of one unit above each other."""
    return "".join("\n".join(_dot(apparatus)) + "\n" for apparatus in apparatuses)


def _dot(apparatus: Apparatus) -> Iterator[str]:
    graph = variant_graph(apparatus)
    most = max(1, len(apparatus.witnesses))
    yield f"digraph {_quoted(apparatus.id)} {{"
    yield '  graph [rankdir=LR, charset="UTF-8"];'
    yield '  node [shape=box, style=rounded, fontname="sans-serif"];'
    yield '  edge [fontname="sans-serif", fontsize=10];'
    yield f'  n{START} [label="start", shape=plaintext];'
    yield f'  n{END} [label="end", shape=plaintext];'
    ranks: dict[int, list[str]] = {}
    for node in graph.nodes:
        ranks.setdefault(node.unit, []).append(f"n{node.number}")
        yield f"  n{node.number} [label={_quoted(node.words)}];"
    for names in ranks.values():
        if len(names) > 1:
            yield f"  {{ rank=same; {'; '.join(names)} }}"
    for edge in graph.edges:
        if edge.moved:
            how = "style=dashed, dir=none, constraint=false, color=gray40"
        else:
            how = f"label={_quoted(_sigla(apparatus, edge))}, penwidth={1 + 3 * len(edge.rows) / most:.2f}"
        yield f"  n{edge.source} -> n{edge.target} [{how}];"
    yield "}"


def _quoted(text: str) -> str:
    # Graphviz reads character references in labels; its own escapes begin with a backslash.
    shown = encodable(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + " ".join(shown.splitlines()) + '"'


def graphml(apparatus: Apparatus) -> str:
    """The graph of an apparatus as GraphML.

    Nodes have a label, the number of their unit (from 1; the two ends have none) and their witnesses, edges a label
    (sigla), a weight (how many) and a type: `path`, or `transposition`.
    """
    root = ElementTree.Element("graphml", xmlns=_GRAPHML)
    for key, (owner, name, kind) in _KEYS.items():
        ElementTree.SubElement(root, "key", {"id": key, "for": owner, "attr.name": name, "attr.type": kind})
    graph = variant_graph(apparatus)
    drawn = ElementTree.SubElement(root, "graph", id="G", edgedefault="directed")
    for number, label in ((START, "start"), (END, "end")):
        _data(ElementTree.SubElement(drawn, "node", id=f"n{number}"), d0=label)
    for node in graph.nodes:
        sigla = ", ".join(apparatus.witnesses[row] for row in node.rows)
        _data(ElementTree.SubElement(drawn, "node", id=f"n{node.number}"), node.words, str(node.unit + 1), sigla)
    for number, edge in enumerate(graph.edges):
        # GraphML knows edges without direction beside others; networkx refuses them, so the type says it.
        ends = {"id": f"e{number}", "source": f"n{edge.source}", "target": f"n{edge.target}"}
        kind = "transposition" if edge.moved else "path"
        made = ElementTree.SubElement(drawn, "edge", ends)
        _data(made, d3=_sigla(apparatus, edge), d4=str(len(edge.rows)), d5=kind)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _data(element: ElementTree.Element, *values: str, **named: str) -> None:
    for key, value in {**dict(zip(_KEYS, values, strict=False)), **named}.items():
        ElementTree.SubElement(element, "data", key=key).text = encodable(value)


def _sigla(apparatus: Apparatus, edge: Edge) -> str:
    return ", ".join(apparatus.witnesses[row] for row in edge.rows)
