"""`quotealign schema`."""

from __future__ import annotations

import json

import click

from quotealign.cli.options import output, write_out
from quotealign.formats.shapes import RECORDS, json_schema


@click.command(epilog="Example: quotealign schema quotation")
@click.argument("record", type=click.Choice(RECORDS), required=False)
@output
def schema(record: str | None, output: str) -> None:
    """Print the JSON Schema (2020-12) of a RECORD, or of any record, by its type.

    Every field is there, with what it may hold, and which ones a record cannot be without.
    """
    write_out(json.dumps(json_schema(record), ensure_ascii=False, indent=1) + "\n", output)
