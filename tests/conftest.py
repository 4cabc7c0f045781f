"""For all tests: the processes that they start keep what they compile."""

from __future__ import annotations

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Tests start some hundred processes; where none may keep it, each would compile all of its modules."""
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(config.rootpath / ".pytest_cache" / "compiled"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
