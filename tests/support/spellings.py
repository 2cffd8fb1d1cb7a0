"""Searching files for words, however they are written there."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote


def found_in(folder: Path, words: tuple[str, ...]) -> Iterator[str]:
    """Name each file that holds a word in one of its spellings, with the word."""
    spellings = {word: spellings_of(word) for word in words}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for word, spelled in spellings.items():
            if any(spelling in content for spelling in spelled):
                yield f"{path.name}: {word}"


def spellings_of(word: str) -> list[bytes]:
    """Write a word as text in each encoding, as JSON escapes it (once, twice), percent-encoded, and in hexadecimal."""
    escaped = json.dumps(word)[1:-1]
    upper, twice = escaped.upper().replace("\\U", "\\u"), json.dumps(escaped)[1:-1]
    as_text = (word.encode(encoding) for encoding in ("utf-8", "cp932", "utf-16-le", "utf-16-be"))
    return [*as_text, *map(str.encode, (escaped, upper, twice, quote(word), word.encode().hex()))]
