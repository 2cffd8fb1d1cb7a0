"""The front's side of TLS. Certificates and authorities are read from files that say where they are (SDS), and again
when a file moves into their folder: put the new one beside the old and rename it."""

from collections.abc import Mapping
from pathlib import Path

from deploy.front.envoy_types import Config, extension, from_file, typed
from deploy.front.places import Face, Front

AUTHORITY = "authority"


def transport_socket(name: str, front: Front) -> Config:
    """Ask every caller for a certificate. Who shows none, or one out of its time, is for the hub to refuse in words."""
    return extension(
        "envoy.transport_sockets.tls",
        "extensions.transport_sockets.tls.v3.DownstreamTlsContext",
        require_client_certificate=False,
        common_tls_context={
            "tls_params": {"tls_minimum_protocol_version": "TLSv1_2"},
            "alpn_protocols": ["http/1.1"],
            "tls_certificate_sds_secret_configs": [_secret(name, front.folder)],
            "validation_context_sds_secret_config": _secret(AUTHORITY, front.folder),
        },
    )


def secrets(front: Front) -> Mapping[str, Config]:
    """Give what the files beside the configuration say, by file name."""
    faces: dict[str, Face] = {"soap": front.soap, "screens": front.screens}
    files = {
        _file(name): _resource(name, tls_certificate=_own(face.certificate))
        for name, face in faces.items()
        if face.certificate is not None
    }
    trusted = {
        "trusted_ca": {"filename": str(front.authority)},
        "watched_directory": {"path": str(front.authority.parent)},
        "allow_expired_certificate": True,
    }
    return files | {_file(AUTHORITY): _resource(AUTHORITY, validation_context=trusted)}


def _own(certificate: Path) -> Config:
    file = {"filename": str(certificate)}
    return {
        "certificate_chain": file,
        "private_key": file,
        "watched_directory": {"path": str(certificate.parent)},
    }


def _resource(name: str, **secret: object) -> Config:
    return {"resources": [typed("extensions.transport_sockets.tls.v3.Secret", name=name, **secret)]}


def _secret(name: str, folder: Path) -> Config:
    return {"name": name, "sds_config": from_file(folder / _file(name))}


def _file(name: str) -> str:
    return f"secret-{name}.yaml"
