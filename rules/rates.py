"""How many calls a second a grid operator's system is asked at most, area by area, as settings write it (ours).

``* 5; 06 0.5``: five a second everywhere, and one in two seconds in 関西. What names an area takes the place of what
is said of all.
"""

import re
from collections.abc import Mapping

from schemas.codes import Area

_EVERYWHERE = "*"
_ENTRY = re.compile(r"(?P<area>\*|[0-9]{2})\s+(?P<rate>[0-9]{1,4}(\.[0-9]{1,3})?)")
_UNSAID = 5.0


class WrongRate(ValueError):
    """A rate cannot be read or is nothing; the text is its entry."""


def parse_rates(text: str) -> Mapping[Area, float]:
    """Read the calls a second of all areas; an area of which nothing is said has 5.

    :raises WrongRate: naming the first entry that cannot be read.
    """
    by_area = dict(_entry(entry) for entry in filter(None, (part.strip() for part in text.split(";"))))
    everywhere = by_area.get(_EVERYWHERE, _UNSAID)
    return {area: by_area.get(area.value, everywhere) for area in Area}


def _entry(entry: str) -> tuple[str, float]:
    match = _ENTRY.fullmatch(entry)
    if match is None or match["area"] not in (_EVERYWHERE, *(area.value for area in Area)) or not float(match["rate"]):
        raise WrongRate(entry)
    return match["area"], float(match["rate"])
