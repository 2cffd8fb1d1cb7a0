"""Secrets of the local stack: made once, then kept with the data they belong to, readable by their owner alone."""

import secrets
from pathlib import Path

from runtime.data_keys import new_key


def kept_data_keys(path: Path) -> Path:
    """Give the file of the keys for personal data, making it first with one key where there is none."""
    if not path.exists():
        _keep(path, new_key("local") + "\n")
    return path


def kept_secret(path: Path) -> str:
    """Read the secret in a file, making it first where there is none."""
    if not path.exists():
        _keep(path, secrets.token_urlsafe(32))
    return path.read_text()


def _keep(path: Path, secret: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(secret)
    draft.replace(path)
