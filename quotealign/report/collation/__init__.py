"""Apparatus → what a person reads: an aligned table for the terminal, a page with tables, a drawn variant graph.

`links` says where words changed places and which readings agree, `layout` where readings stand in the picture.
"""

from quotealign.report.collation.page import render
from quotealign.report.collation.picture import draw
from quotealign.report.collation.table import table, tables

__all__ = ["draw", "render", "table", "tables"]
