"""`quotealign metrics`."""

from __future__ import annotations

import click

from quotealign.cli.options import write_out


@click.command(epilog="Example: quotealign metrics")
def metrics() -> None:
    """List the metrics: what each is good for, what not, and its signature.

    Those with a star are measured unless others are named: quotealign score --metrics bleu,ter.
    """
    from quotealign.scoring import DEFAULT, METRICS, signature

    for name, metric in METRICS.items():
        lines = [
            f"{name} *" if name in DEFAULT else name,
            f"  good for  {metric.good_for}",
            f"  not for   {metric.not_for}",
        ]
        lines += [f"  needs     {metric.needs}"] if metric.needs else []
        write_out("\n".join([*lines, f"  {signature((name,))}"]) + "\n", "-")
