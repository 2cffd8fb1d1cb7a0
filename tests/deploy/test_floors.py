"""The contracts on imports (.importlinter) leave no folder out, and nothing of the product imports worker.py."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_CODE_OF_OURS = ("var", "client")
"""What a stack leaves behind; and the folder of a package, which is named below by itself."""

CONTRACTS = ConfigParser(interpolation=None)
CONTRACTS.read(ROOT / ".importlinter")
FOLDERS = {
    path.name
    for path in ROOT.iterdir()
    if path.is_dir() and path.name[0] != "." and path.name not in NO_CODE_OF_OURS and any(path.rglob("*.py"))
} | {path.name for path in (ROOT / "client").iterdir() if any(path.glob("*.py"))}


def named(section: str, option: str) -> set[str]:
    """List the folders that a contract names."""
    return set(re.split(r"[\s|]+", CONTRACTS[section][option].strip()))


def test_every_folder_is_looked_at_and_stands_on_a_floor_and_in_no_circle() -> None:
    assert named("importlinter", "root_packages") == FOLDERS
    assert named("importlinter:contract:floors", "layers") == FOLDERS
    assert named("importlinter:contract:circles", "ancestors") == FOLDERS


def test_the_one_module_beside_them_is_imported_by_tests_and_measurements_alone() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"worker.py"}  # import-linter knows packages alone

    importers = {
        path.relative_to(ROOT).parts[0]
        for folder in FOLDERS - {"switching_hub_client"}
        for path in (ROOT / folder).rglob("*.py")
        if any(
            isinstance(node, ast.ImportFrom)
            and node.module == "worker"
            or isinstance(node, ast.Import)
            and any(alias.name == "worker" for alias in node.names)
            for node in ast.walk(ast.parse(path.read_text()))
        )
    }
    assert importers <= {"tests", "tools"}
