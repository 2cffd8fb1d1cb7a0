"""The screens that stand in the navigation, in its order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """One entry of the navigation."""

    endpoint: str
    label: str


SCREENS = (Screen("front.show", "稼働状況"),)
