"""The kinds of clients: how the program of each is made ready, and what runs it."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from deploy.stack.supervisor import ROOT

PROGRAMS = Path(__file__).parent / "programs"
_INSTALLED = ROOT / "var" / "clients"
"""Where install.sh puts what comes from PyPI and npm."""
_PASSWORD = "changeit"
_JARS = "/usr/share/java/jaxws-tools.jar:/usr/share/java/jaxws-rt.jar"
_GSOAP = ("-DWITH_IPV6", "-DWITH_OPENSSL", "-DWITH_GZIP", "-DWITH_DOM")
"""As Debian's libgsoapssl was built: struct soap must be the same."""


@dataclass(frozen=True)
class Program:
    """A program that is ready to run."""

    command: Sequence[str]
    environment: Mapping[str, str]

    def run(self) -> dict[str, str]:
        """Run it to its end and give what it read, by name.

        :raises AssertionError: when it fails; the text says what it said.
        """
        output = _run(self.command, self.environment)
        return dict(line.split("=", 1) for line in output.splitlines())


Kind = Callable[[Mapping[str, str], Path], Program]
"""Makes a program from what it is told by its environment, in a folder of its own."""


def zeep(settings: Mapping[str, str], folder: Path) -> Program:
    """Prepare zeep (PyPI), apart from the one the hub itself uses."""
    return Program((str(_INSTALLED / "python/bin/python"), str(PROGRAMS / "zeep_switch.py")), settings)


def suds(settings: Mapping[str, str], folder: Path) -> Program:
    """Prepare suds-community (PyPI)."""
    return Program((str(_INSTALLED / "python/bin/python"), str(PROGRAMS / "suds_switch.py")), settings)


def php(settings: Mapping[str, str], folder: Path) -> Program:
    """Prepare PHP's ext-soap (Debian)."""
    return Program(("php", str(PROGRAMS / "switch.php")), settings)


def node(settings: Mapping[str, str], folder: Path) -> Program:
    """Prepare soap (npm)."""
    modules = {"NODE_PATH": str(_INSTALLED / "node/node_modules")}
    return Program(("node", str(PROGRAMS / "switch.cjs")), {**settings, **modules})


def jax_ws(settings: Mapping[str, str], folder: Path) -> Program:
    """Generate and compile a program on JAX-WS (Debian)."""
    stores = {name: str(folder / f"{name.lower()}.p12") for name in settings if name.endswith("CERTIFICATE")}
    for name, store in stores.items():
        _run(("openssl", "pkcs12", "-export", "-in", settings[name], "-out", store, "-passout", f"pass:{_PASSWORD}"))
    stores["AUTHORITY"] = str(folder / "authority.p12")
    _run(
        (
            *("keytool", "-importcert", "-noprompt", "-file", settings["AUTHORITY"]),
            *("-keystore", stores["AUTHORITY"], "-storetype", "PKCS12", "-storepass", _PASSWORD),
        )
    )
    bindings, source = folder / "bindings.xml", folder / "source"
    bindings.write_text((PROGRAMS / "bindings.xml").read_text().replace('"WSDL"', f'"{settings["WSDL"]}"'))
    source.mkdir()
    _run(
        (
            *("java", "-cp", _JARS),
            f"-Djavax.net.ssl.keyStore={stores['NEW_RETAILER_CERTIFICATE']}",
            f"-Djavax.net.ssl.keyStorePassword={_PASSWORD}",
            f"-Djavax.net.ssl.trustStore={stores['AUTHORITY']}",
            f"-Djavax.net.ssl.trustStorePassword={_PASSWORD}",
            *(
                "com.sun.tools.ws.WsImport",
                "-quiet",
                "-encoding",
                "UTF-8",
                "-Xnocompile",
                "-p",
                "hub",
                "-s",
                str(source),
            ),
            *("-b", str(bindings), settings["WSDL"]),
        )
    )
    classes = folder / "classes"
    sources = [str(file) for file in sorted(source.rglob("*.java"))]
    _run(("javac", "-encoding", "UTF-8", "-cp", _JARS, "-d", str(classes), *sources, str(PROGRAMS / "Switch.java")))
    return Program(
        ("java", "-cp", f"{classes}:{_JARS}", "Switch"), {**settings, **stores, "KEYSTORE_PASSWORD": _PASSWORD}
    )


def gsoap(environment: Mapping[str, str], folder: Path) -> Program:
    """Generate and compile a program on gSOAP (Debian).

    Its wsdl2h shows no client certificate, so the WSDL is fetched for it.
    """
    certificate, authority = environment["NEW_RETAILER_CERTIFICATE"], environment["AUTHORITY"]
    with requests.Session() as session:
        session.trust_env = False
        wsdl = session.get(environment["WSDL"], cert=certificate, verify=authority, timeout=20)
    wsdl.raise_for_status()
    (folder / "hub.wsdl").write_bytes(wsdl.content)
    _run(("wsdl2h", "-c", "-o", "hub.h", "hub.wsdl"), folder=folder)
    _run(("soapcpp2", "-c", "-C", "-1", "-L", "-x", "-w", "hub.h"), folder=folder)
    generated = ("soapC.c", "soapClient.c")
    _run(("cc", "-o", "switch", *_GSOAP, "-I.", str(PROGRAMS / "switch.c"), *generated, "-lgsoapssl"), folder=folder)
    return Program((str(folder / "switch"),), environment)


def _run(command: Sequence[str], variables: Mapping[str, str] | None = None, *, folder: Path = ROOT) -> str:
    """Run a command where nothing but what it is told leads it anywhere, in a plain locale."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    environment = {**inherited, "LC_ALL": "C", **(variables or {})}
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


KINDS: dict[str, Kind] = {
    "zeep": zeep,
    "suds": suds,
    "php": php,
    "gsoap": gsoap,
    "jax-ws": jax_ws,
    "node-soap": node,
}
