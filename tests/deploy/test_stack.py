"""The stack as a whole, here with the smallest of the hub's own parts: started, killed, changed, stopped."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from deploy.stack.environment import WrongSettings
from deploy.stack.parts import HUB_PARTS, MAIL_SINK
from deploy.stack.ports import Ports, PortsTaken
from deploy.stack.processes import Process
from deploy.stack.supervisor import Stack, UnableToStart
from tests.support.polling import until

_WAIT = Process.wait


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with _stack(tmp_path_factory.mktemp("stack"), Ports.free()) as stack:
        yield stack


def _stack(folder: Path, ports: Ports, **settings: str) -> Stack:
    return Stack(folder, ports=ports, settings=settings, hub=(MAIL_SINK,), durable=False)


def _revived(stack: Stack, name: str) -> bool:
    stack.revive()
    return stack.running(name)


def _pids(stack: Stack) -> dict[str, int | None]:
    return {state.part.name: state.pid for state in stack.states()}


def _query(stack: Stack, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(stack.owner_address)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_all_parts_are_ready_once_it_is_up(stack: Stack) -> None:
    assert [(state.part.name, state.ready) for state in stack.states()] == [
        ("postgres", True),
        ("temporal", True),
        ("mail_sink", True),
    ]


def test_the_database_has_been_migrated(stack: Stack) -> None:
    assert len(_query(stack, "SELECT version_num FROM alembic_version")) == 1


def test_starting_it_again_changes_nothing(stack: Stack) -> None:
    before = _pids(stack)

    stack.up()

    assert _pids(stack) == before


def test_a_changed_setting_restarts_the_hubs_own_parts_alone(stack: Stack) -> None:
    before = _pids(stack)
    changed = _stack(stack.folder, replace(stack.ports, mail_page=Ports.free().mail_page))

    changed.up()

    after = _pids(changed)
    assert {name for name in after if after[name] != before[name]} == {MAIL_SINK}
    assert all(state.ready for state in changed.states())


def test_after_a_kill_of_everything_it_starts_cleanly_and_has_lost_nothing(stack: Stack) -> None:
    _query(stack, "CREATE TABLE kept AS SELECT 42 AS answer")
    for name in stack.parts:
        stack.kill(name)

    stack.up()

    assert all(state.ready for state in stack.states())
    assert _query(stack, "SELECT answer FROM kept") == [(42,)]


def test_a_part_that_ended_by_itself_is_revived_and_a_stopped_one_is_not(stack: Stack) -> None:
    stack.kill("temporal")
    stack.stop(MAIL_SINK)

    until(lambda: _revived(stack, "temporal"))

    assert not stack.running(MAIL_SINK)
    stack.start("temporal")
    stack.start(MAIL_SINK)
    assert all(state.ready for state in stack.states())


def test_a_part_that_is_being_stopped_is_not_revived(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    until(lambda: stack.parts[MAIL_SINK].process.started_before(seconds=2.5))
    reviving = threading.Thread(target=stack.revive)

    def wait(process: Process, seconds: float) -> bool:
        ended = _WAIT(process, seconds)
        reviving.start()
        reviving.join(1.0)  # it gets its turn only once the part is known to have been told
        return ended

    started: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(Process, "wait", wait)
        patched.setattr(Process, "start", lambda process, *arguments, **options: started.append(process.name))
        stack.stop(MAIL_SINK)
        reviving.join()

    assert started == []
    stack.start(MAIL_SINK)


def test_a_part_that_was_killed_to_stay_down_is_not_revived(stack: Stack) -> None:
    stack.kill(MAIL_SINK, stays_down=True)

    stack.revive()

    assert not stack.running(MAIL_SINK)
    stack.start(MAIL_SINK)


def test_a_part_that_ends_at_once_is_not_started_again_at_once(stack: Stack) -> None:
    stack.kill(MAIL_SINK)
    until(lambda: _revived(stack, MAIL_SINK))
    stack.kill(MAIL_SINK)

    stack.revive()

    assert not stack.running(MAIL_SINK)
    until(lambda: _revived(stack, MAIL_SINK))
    stack.start(MAIL_SINK)


def test_a_taken_port_is_named_before_anything_is_started(tmp_path: Path) -> None:
    ports = Ports.free()
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports.mail_page))
        other.listen()

        with pytest.raises(PortsTaken, match=rf"{ports.mail_page}[\s\S]*HUB_MAIL_PAGE_PORT"):
            _stack(tmp_path, ports).up()

    assert not (tmp_path / "run").exists()
    assert not (tmp_path / "postgres" / "data").exists()


def test_wrong_settings_are_all_named_before_anything_is_touched(stack: Stack) -> None:
    before = _pids(stack)
    wrong = {"HUB_WATCH_EVERY": "often", "HUB_GRID_SLOTS": "", "HUB_AREAS": "11", "HUB_WEB_LISTEN": "here"}
    broken = _stack(stack.folder, stack.ports, **wrong)

    with pytest.raises(WrongSettings) as refused:
        broken.up()

    assert {line.partition(": ")[0] for line in str(refused.value).splitlines()[1:]} == set(wrong)

    assert _pids(stack) == before


def test_a_part_that_does_not_start_is_shown_with_its_last_words_and_everything_is_stopped(stack: Stack) -> None:
    stack.down()
    broken = _stack(stack.folder, stack.ports, HUB_WATCH_EVERY="7", PYTHONHOME="/nowhere")

    with pytest.raises(UnableToStart) as refused:
        broken.up()

    assert "メール受信箱" in str(refused.value)
    assert "No module named 'encodings'" in str(refused.value)
    assert set(_pids(stack).values()) == {None}
    assert not stack.is_up


def test_what_ran_before_goes_on_where_another_part_does_not_start(stack: Stack) -> None:
    stack.up()
    before = _pids(stack)
    second_stack = Stack(stack.folder, ports=stack.ports, hub=(MAIL_SINK, "mail"), durable=False)
    broken = replace(second_stack.parts["mail"], command=("/bin/sh", "-c", "echo last words; exit 7"))
    second_stack.parts["mail"] = broken

    with pytest.raises(UnableToStart, match="last words"):
        second_stack.up()

    assert {name: pid for name, pid in _pids(second_stack).items() if name != "mail"} == before
    assert not second_stack.running("mail")


def test_it_starts_however_much_there_is_of_mails_and_logs(tmp_path: Path) -> None:
    mails, logs, run = tmp_path / "mail", tmp_path / "log", tmp_path / "run"
    for folder in (mails, logs, run):
        folder.mkdir()
    for number in range(10_000):
        (mails / f"20261124-100000-000000-{number:06d}.eml").write_bytes(b"Subject: one of many\r\n\r\ntext")
        (run / f"stale-{number}.pid").write_text("{}")
    with (logs / "mail_sink.log").open("wb") as log:
        log.truncate(2 * 2**30)

    with _stack(tmp_path, Ports.free()) as started:
        assert [state.ready for state in started.states()] == [True, True, True]


def test_existing_servers_are_used_instead_of_its_own(tmp_path: Path) -> None:
    settings = {"DATABASE_URL": "postgresql://hub@db.example/hub", "TEMPORAL_PROFILE": "cloud"}

    stack = Stack(tmp_path, settings=settings)

    assert tuple(stack.parts) == HUB_PARTS
    assert settings.items() <= stack.environment.items()
    assert "TEMPORAL_ADDRESS" not in stack.environment


def test_the_key_of_the_messages_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    key = Stack(tmp_path).environment["HUB_MESSAGE_KEY"]

    assert Stack(tmp_path).environment["HUB_MESSAGE_KEY"] == key
    assert len(key) > 40
    assert (tmp_path / "message-key").stat().st_mode & 0o777 == 0o600


def test_settings_of_the_caller_win_over_what_follows_from_the_ports(tmp_path: Path) -> None:
    stack = Stack(tmp_path, settings={"HUB_SOAP_PUBLIC_URL": "https://hub.example"})

    assert stack.environment["HUB_SOAP_PUBLIC_URL"] == "https://hub.example"
