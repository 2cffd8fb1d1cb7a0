"""The stub of the grid operators as a simulation turns it: told what befalls each area, and asked what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import requests

from deploy.stack.supervisor import Stack
from schemas.codes import Area
from tools.simulation.weather import Spell

_TIMEOUT = 20.0
_NOT_STANDING = 409


@dataclass
class Grid:
    """The control endpoint of a stack's stub."""

    stack: Stack
    spells: Sequence[Spell]
    began: datetime
    """The business time at which the year began."""
    _now: dict[Area, Spell] = field(default_factory=dict)

    def tell(self, elapsed: timedelta) -> set[Area]:
        """Tell each area what befalls it now, and give the areas that answer nobody."""
        for area in {spell.area for spell in self.spells}:
            spell = self._spell(area, elapsed)
            if spell is not self._now.get(area):
                self._control("DELETE", area.value)
                self._now.pop(area, None)
            if spell is not None and area not in self._now:
                self._control("POST", area.value, json=spell.controls(began=self.began))
                self._now[area] = spell
        return {area for area, spell in self._now.items() if spell.trouble.silent}

    def set_right(self) -> None:
        """Have all areas behave as usual."""
        for area in Area:
            self._control("DELETE", area.value)
        self._now.clear()

    def intervene(self, number: str, **wanted: str) -> bool:
        """Have a grid operator do something with an application by itself; False where it cannot."""
        answer = self._ask("POST", f"applications/{number}", json=wanted)
        if answer.status_code == _NOT_STANDING:
            return False
        answer.raise_for_status()
        return True

    def standing(self) -> dict[str, int]:
        """Count the applications that stand and are not complete, by area."""
        return {area: counted["standing"] for area, counted in self._counters().items() if counted["standing"]}

    def duplicates(self) -> dict[str, int]:
        """Count the second applications for one purpose, by area."""
        return {area: counted["duplicates"] for area, counted in self._counters().items() if counted["duplicates"]}

    def repeats(self) -> int:
        """Count the messages that came again and got the first answer."""
        return sum(counted["repeats"] for counted in self._counters().values())

    def _spell(self, area: Area, elapsed: timedelta) -> Spell | None:
        spells = (spell for spell in self.spells if spell.area is area and spell.begins <= elapsed < spell.ends)
        return next(spells, None)

    def _counters(self) -> dict[str, Any]:
        counted: dict[str, Any] = self._control("GET", "counters")
        return counted

    def _control(self, method: str, path: str, **more: Any) -> Any:
        response = self._ask(method, path, **more)
        response.raise_for_status()
        return response.json()

    def _ask(self, method: str, path: str, **more: Any) -> requests.Response:
        certificates = self.stack.certificates
        return requests.request(
            method,
            f"https://localhost:{self.stack.ports.grid_stub}/control/{path}",
            cert=str(certificates.grid_client),
            verify=str(certificates.authority),
            timeout=_TIMEOUT,
            **more,
        )
