"""Which files a call has come through, and on which floors they stand."""

import traceback
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
FACE = ("web", "soap_api", "soap")
"""The adapter of SOAP carries bytes to what soap_api has it call: both are one floor."""


def files_on_the_way() -> list[str]:
    """List the product's files that the call in hand has come through, from its face on."""
    stack = (Path(frame.filename) for frame in traceback.extract_stack())
    inside = [str(file.relative_to(ROOT)) for file in stack if file.is_relative_to(ROOT)]
    ours = [file for file in inside if not file.startswith(("tests/", ".venv"))]
    return [file for file, _ in groupby(ours)]


def floors_of(files: list[str]) -> list[str]:
    """List the floors of files, each as often as it is come to."""
    rooms = (file.partition("/")[0] for file in files)
    return [floor for floor, _ in groupby("face" if room in FACE else room for room in rooms)]
