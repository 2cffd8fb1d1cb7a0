"""What the front and the processes behind it say to each other, beside what the caller said."""

CERTIFICATE = "x-forwarded-client-cert"
"""Envoy's own: ``Hash=…;Cert="…"``, the certificate as PEM, URL-encoded. Not there where the caller showed none."""
CALLER_ADDRESS = "hub-caller-address"
"""The address the caller's connection came from."""
ALIVE = "/-/alive"
"""Where a process tells the front that it answers. From outside it does not exist."""
