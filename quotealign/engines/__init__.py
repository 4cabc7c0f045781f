"""Where a query runs: one text of SQL, answered by an engine inside the process or by a cluster of machines."""

from quotealign.engines.embedded import Embedded
from quotealign.engines.engine import Columns, Engine, Tables

__all__ = ["Columns", "Embedded", "Engine", "Tables"]
