"""Whether there is room left on the disk for what a part keeps."""

import shutil
from pathlib import Path

_LEAST = 64 * 1024 * 1024
"""Bytes. PostgreSQL makes its log in files of 16 MiB, and stops where it cannot."""


def want_of_room(folder: Path, *, least: int = _LEAST) -> str:
    """Say in Japanese that too little room is left for a folder, or nothing where there is enough."""
    free = shutil.disk_usage(folder).free
    return "" if free >= least else f"ディスクの空きが {free // 2**20} MiB しかありません（{folder}）"
