"""The key that tests encrypt personal data with, in the test's own process and in those that it starts."""

from pathlib import Path

from runtime.data_keys import new_key

KEYS_OF_TESTS = new_key("tests")


def leave_keys(folder: Path) -> None:
    """Leave the key where a local stack in a folder keeps its own: the test reads what the stack has written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data-keys").write_text(KEYS_OF_TESTS)
