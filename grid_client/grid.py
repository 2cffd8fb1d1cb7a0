"""The systems of the grid operators, whoever calls them and however."""

from typing import Protocol

from schemas.codes import Area, Segment


class Grid(Protocol):
    """The systems of the grid operators."""

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """Send a request to the grid operator of an area and give its response.

        :raises GridUnreachable: when no answer comes in time; GridFault: when it refuses.
        """
        ...
