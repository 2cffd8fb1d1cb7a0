"""Secrets of the local stack: made once, then kept with the data they belong to, readable by their owner alone."""

import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Read the secret in a file, making it first where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.new")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32))
        draft.replace(path)
    return path.read_text()
