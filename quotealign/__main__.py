"""`python -m quotealign`."""

import sys

from quotealign.cli import main

sys.exit(main())
