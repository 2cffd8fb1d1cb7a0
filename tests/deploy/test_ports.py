"""The stack's ports: settings, and a taken one is named."""

import socket
import subprocess
import sys

import pytest

from deploy.stack.ports import Ports, PortsTaken, is_free, names, require_apart, require_free
from deploy.stack.supervisor import ROOT


def test_ports_are_settings() -> None:
    ports = Ports.from_environment({"HUB_SOAP_PORT": "18443", "HUB_WEB_PORT": ""})

    assert ports == Ports(soap=18443)


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "８０８０"])
def test_what_is_no_port_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=f"HUB_WEB_PORT={text}"):
        Ports.from_environment({"HUB_WEB_PORT": text})


def test_a_taken_port_is_named_with_the_setting_that_changes_it() -> None:
    ports = Ports.free()
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports.temporal_ui))
        other.listen()

        with pytest.raises(PortsTaken) as refused:
            require_free(ports, ("postgres", "temporal_ui"))

    assert str(ports.temporal_ui) in str(refused.value)
    assert "HUB_TEMPORAL_UI_PORT" in str(refused.value)
    assert "使用中" in str(refused.value)
    assert "HUB_POSTGRES_PORT" not in str(refused.value)


def test_two_parts_that_are_to_have_one_port_are_named() -> None:
    with pytest.raises(PortsTaken, match="18080: HUB_WEB_PORT, HUB_SMTP_PORT"):
        require_apart(Ports(web=18080, smtp=18080), processes={})


@pytest.mark.parametrize("face", ["soap", "web"])
def test_the_figures_of_each_process_of_a_face_have_a_port(face: str) -> None:
    ports = Ports(**{f"{face}_metrics": 19480}, grid_stub=19481)

    require_apart(ports, processes={f"{face}_metrics": 1})
    with pytest.raises(PortsTaken, match=rf"19481: HUB_GRID_STUB_PORT, HUB_{face.upper()}_METRICS_PORT\+1"):
        require_apart(ports, processes={f"{face}_metrics": 2})


def test_a_port_that_is_taken_on_all_addresses_is_not_free() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()

        assert not is_free(other.getsockname()[1])


def test_free_ports_are_free_and_differ() -> None:
    ports = Ports.free()

    numbers = list(vars(ports).values())
    assert len(set(numbers)) == len(numbers) == len(names())
    assert all(is_free(number) for number in numbers)


def test_processes_that_choose_at_the_same_time_choose_different_ports() -> None:
    command = (sys.executable, "-c", "from deploy.stack.ports import Ports; print(*vars(Ports.free()).values())")
    choosing = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)]

    chosen = [port for process in choosing for port in process.communicate()[0].split()]

    assert len(chosen) == 6 * len(names()) == len(set(chosen))
