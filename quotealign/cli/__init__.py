"""The command line: a thin face over the functions of the same names. `main` is the entry point."""

from quotealign.cli.main import main

__all__ = ["main"]
