"""A folder as one file to take away."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of the time of zip files: ours say nothing of when they were made


def zipped(folder: Path) -> bytes:
    """A zip file of all files in a folder, in the order of their names: the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _BEGINNING)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())
    return made.getvalue()
