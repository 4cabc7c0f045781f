"""`quotealign metrics`."""

from __future__ import annotations

import click

from quotealign.cli.options import write_out


@click.command(epilog="Example: quotealign metrics")
def metrics() -> None:
    """List the metrics: what each is good for, what not, and its signature."""
    from quotealign.scoring import METRICS, signature

    for name, metric in METRICS.items():
        write_out(f"{name}\n  good for  {metric.good_for}\n  not for   {metric.not_for}\n  {signature((name,))}\n", "-")
