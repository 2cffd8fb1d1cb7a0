"""What the demonstration tells the person at the terminal: one line for each call."""

from collections.abc import Callable

from deploy.demo.retailer import RetailersSystem
from deploy.stack.words import padded
from schemas.contract import Interface

Say = Callable[[str], None]

_NUMBER, _LABEL, _WHO = 7, 42, 28


def heading(say: Say, text: str) -> None:
    say(f"\n■ {text}")


def step(say: Say, interface: Interface, player: RetailersSystem, came_back: str) -> None:
    """Tell of one call: interface number and name, who called, and what came back."""
    name = f"{player.name}({player.code})"
    say(f"  {interface.number:<{_NUMBER}}{padded(interface.label, _LABEL)}{padded(name, _WHO)}→ {came_back}")
