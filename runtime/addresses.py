"""Network addresses, compared as what they mean and not as they are written."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
"""How a server that listens on IPv6 sees a caller that comes by IPv4."""


def address_of(text: str) -> Address:
    """Read an address; an IPv4 one stays the same however it arrived (``::ffff:192.0.2.1``).

    :raises ValueError: when it is none.
    """
    address = ipaddress.ip_address(text.strip().removeprefix("[").removesuffix("]"))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def network_of(text: str) -> Network:
    """Read an address or a network, ``203.0.113.0/24``; bits behind its length are nothing.

    :raises ValueError: when it is neither.
    """
    network = ipaddress.ip_network(text.strip(), strict=False)
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_MAPPED):
        within = int(network.network_address) & 0xFFFF_FFFF
        return ipaddress.IPv4Network((within, network.prefixlen - _MAPPED.prefixlen))
    return network


def as_seen(network: Network) -> tuple[Network, ...]:
    """Give all forms in which a network's callers are seen: those of IPv4 as IPv6 too."""
    if isinstance(network, ipaddress.IPv6Network):
        return (network,)
    within = int(_MAPPED.network_address) | int(network.network_address)
    return network, ipaddress.IPv6Network((within, _MAPPED.prefixlen + network.prefixlen))


def networks_of(text: str) -> tuple[Network, ...]:
    """Read several addresses and networks, with commas or blanks between them.

    :raises ValueError: when one is neither.
    """
    return tuple(network_of(part) for part in text.replace(",", " ").split())


def canonical(text: str) -> str:
    """Write an address or a network in its one form.

    :raises ValueError: when it is neither.
    """
    network = network_of(text)
    return str(network.network_address) if network.num_addresses == 1 else str(network)


def is_own_machine(host: str | None) -> bool:
    """Tell whether a host's name or address never leaves this machine."""
    if host is None:
        return False
    try:
        return address_of(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def with_port(host: str, port: int) -> str:
    """Write where a server listens; an IPv6 address stands in brackets, whether it was given in them or not."""
    bare = host.strip("[]")
    return f"[{bare}]:{port}" if ":" in bare else f"{bare}:{port}"
