"""The sources of the product, for tests that hold a rule over all of them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
_NOT_THE_HUBS = ("client", "tests", "var")
"""The retailers' client knows nothing of the hub's code."""


def sources(*suffixes: str) -> dict[str, str]:
    """Read the files of all rooms whose names end so, by their paths from the root."""
    rooms = (room for room in ROOT.iterdir() if not room.name.startswith(".") and room.name not in _NOT_THE_HUBS)
    files = (path for room in rooms for path in (room.rglob("*") if room.is_dir() else (room,)))
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(files)
        if path.suffix in suffixes
    }
