"""What the front writes of each request and of each failed handshake: a line of JSON without personal data."""

from deploy.front.envoy_types import Config, extension

_CALLER: Config = {
    "address": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    "tls": "%DOWNSTREAM_TLS_VERSION%",
    "certificate": "%DOWNSTREAM_PEER_SERIAL%",
}


def of_requests(listener: str) -> list[Config]:
    """Write who (address and serial), where to, how it ended and how long it took; never a query or a header."""
    return [
        _to_stdout(
            event="request",
            listener=listener,
            **_CALLER,
            method="%REQ(:METHOD):20%",
            path="%PATH(NQ:PATH):100%",
            status="%RESPONSE_CODE%",
            flags="%RESPONSE_FLAGS%",
            details="%RESPONSE_CODE_DETAILS%",
            received="%BYTES_RECEIVED%",
            sent="%BYTES_SENT%",
            milliseconds="%DURATION%",
            answered_by="%UPSTREAM_HOST%",
        )
    ]


def of_handshakes() -> list[Config]:
    """Write why a handshake failed."""
    failed = extension(
        "envoy.access_loggers.extension_filters.cel",
        "extensions.access_loggers.filters.cel.v3.ExpressionFilter",
        expression="connection.transport_failure_reason != ''",
    )
    return [
        _to_stdout(
            event="handshake-failed",
            listener="%FILTER_CHAIN_NAME%",
            **_CALLER,
            reason="%DOWNSTREAM_TRANSPORT_FAILURE_REASON%",
            milliseconds="%DURATION%",
        )
        | {"filter": {"extension_filter": failed}}
    ]


def _to_stdout(**fields: object) -> Config:
    line = {"time": "%START_TIME(%Y-%m-%dT%H:%M:%S.%3fZ)%", "process": "front", **fields}
    return extension(
        "envoy.access_loggers.stdout",
        "extensions.access_loggers.stream.v3.StdoutAccessLog",
        log_format={"json_format": line},
    )
