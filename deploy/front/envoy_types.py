"""How Envoy's configuration names its parts."""

from ipaddress import IPv6Address
from pathlib import Path

Config = dict[str, object]


def extension(name: str, kind: str, **values: object) -> Config:
    """Configure an extension by its name and type."""
    return {"name": name, "typed_config": typed(kind, **values)}


def typed(kind: str, **values: object) -> Config:
    prefix = "" if kind.startswith("google.") else "envoy."
    return {"@type": f"type.googleapis.com/{prefix}{kind}", **values}


def from_file(path: Path) -> Config:
    """Have Envoy read something from a file of its own, and again when another takes that file's place."""
    return {"resource_api_version": "V3", "path_config_source": {"path": str(path)}}


def seconds(value: float) -> str:
    return f"{value:g}s"


def header(name: str, value: str) -> Config:
    """Set a header, whatever somebody else has written into it."""
    return {"header": {"key": name, "value": value}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}


def socket_address(host: str, port: int) -> Config:
    bare = host.strip("[]")
    return {
        "socket_address": {"address": bare, "port_value": port, **({"ipv4_compat": True} if _takes_both(bare) else {})}
    }


def _takes_both(host: str) -> bool:
    """Tell whether callers come by IPv4 and by IPv6 where one listens."""
    return ":" in host and (host == "::" or IPv6Address(host).ipv4_mapped is not None)
