"""Where a process behind the front listens, and from whom it believes what the front says of a caller."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from runtime.addresses import Address, address_of, with_port


class NotOursAlone(Exception):
    """Somebody else could open the sockets; the text names the folder."""


@dataclass(frozen=True)
class Listening:
    """One place for each process of a server."""

    places: tuple[str, ...]
    """``unix:/path`` or ``host:port``."""
    fronts: frozenset[Address] | None = None
    """The addresses of the fronts; None where nobody but the front can connect."""

    def believes(self, peer: str) -> bool:
        """Tell whether a peer is a front.

        :param peer: its address; empty for one at a Unix socket.
        """
        return self.fronts is None or (bool(peer) and address_of(peer) in self.fronts)


def listening(
    name: str, *, folder: Path, address: str, processes: int = 1, fronts: frozenset[Address] = frozenset()
) -> Listening:
    """Say where the processes of a server listen, as their settings have it.

    :param folder: of the Unix sockets, where ``address`` is empty; otherwise it is ``host:port`` of the first process.
    :raises ValueError: when the address is none.
    """
    numbers = range(processes)
    if not address:
        return Listening(tuple(f"unix:{folder / f'{name}-{number + 1}.sock'}" for number in numbers))
    host, _, port = address.rpartition(":")
    return Listening(tuple(with_port(host, int(port) + number) for number in numbers), fronts)


def keep_to_ourselves(folder: Path) -> None:
    """Make the folder of the sockets, or see that it is ours alone.

    :raises NotOursAlone: when another user could open what is in it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.stat()
    if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise NotOursAlone(f"{folder}: ほかの利用者が開けます (chmod 700) / is open to other users")
