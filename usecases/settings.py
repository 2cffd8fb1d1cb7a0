"""Settings that hold a text with a grammar of its own: the rules read them, and what cannot be read is named."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from rules.maintenance import parse_windows
from rules.rates import parse_rates
from runtime.settings.reading import ProcessSettings, UnusableSettings
from schemas.codes import Area

_Settings = TypeVar("_Settings", bound=ProcessSettings)


def areas_of(text: str) -> list[Area]:
    """Read the areas of a worker, ``01,06``.

    :raises ValueError: when one is none.
    """
    return [Area(area.strip()) for area in text.split(",") if area.strip()]


_READERS: Mapping[str, Callable[[str], object]] = {
    "maintenance_windows": parse_windows,
    "grid_rate": parse_rates,
    "areas": areas_of,
}


def readable(settings: _Settings) -> _Settings:
    """Give settings back that the rules can read.

    :raises UnusableSettings: naming those that they cannot, with how they have to look.
    """
    lines = unreadable(type(settings), settings.model_dump(include=set(_READERS)))
    if lines:
        raise UnusableSettings.naming(lines)
    return settings


def unreadable(kind: type[ProcessSettings], values: Mapping[str, str]) -> list[str]:
    """Name each of a process's settings that cannot be read by its environment variable, with how it has to look.

    :param values: as they are written, by name; those that are the rules' to read are looked at alone.
    """
    return [
        kind.looks_otherwise(name, values[name])
        for name, read in _READERS.items()
        if name in values and not _is_read(read, values[name])
    ]


def _is_read(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
