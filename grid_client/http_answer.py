"""What comes over the line to a grid operator, before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class HttpAnswer:
    """What has come over the line, whole."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
