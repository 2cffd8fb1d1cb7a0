"""Settings that cannot be are all named, with nothing of their values; those of the local stack stand in for none."""

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from pydantic import ValidationError

from runtime.local_settings import leave_settings, settings_file, take_settings
from runtime.settings.processes import PROCESSES, SoapSettings
from runtime.settings.reading import UnusableSettings
from tests.support.data_keys import KEYS_OF_TESTS


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Leave no setting in the environment, and an empty folder for the local stack's."""
    for name in os.environ:
        if name.startswith(("HUB_", "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HUB_FOLDER", str(tmp_path))
    return tmp_path


def test_what_is_missing_or_wrong_is_named_at_once_with_what_to_do(
    nothing_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://hub:a-password@db.example/hub")
    monkeypatch.setenv("HUB_SOAP_WORKERS", "often")

    with pytest.raises(UnusableSettings) as refused:
        SoapSettings.from_environment()

    message = str(refused.value)
    assert "DATABASE_URL: Value error, must be postgresql://" in message
    assert "HUB_SOAP_WORKERS: Input should be a valid integer" in message and "HUB_MESSAGE_KEY: ありません" in message
    assert "make up" in message
    assert "a-password" not in message


def test_the_words_of_a_wrong_setting_hold_no_secret() -> None:
    with pytest.raises(ValidationError) as problem:
        SoapSettings.model_validate({"DATABASE_URL": "postgresql://hub:a-password@db/hub?nonsense=1"})

    assert "a-password" not in str(problem.value) + "".join(SoapSettings.wrong_ones(problem.value))


@pytest.mark.parametrize(
    ("variable", "wrong"),
    [
        ("HUB_SOAP_LISTEN", "here"),
        ("HUB_SOAP_LISTEN", "127.0.0.1:0"),
        ("HUB_GRID_URL", "https://grid/{aera}"),
        ("HUB_DEADLINE_PROFILE", "demonstration"),
    ],
)
def test_an_address_or_a_word_that_cannot_be_is_named(
    nothing_set: Path, monkeypatch: pytest.MonkeyPatch, variable: str, wrong: str
) -> None:
    monkeypatch.setenv(variable, wrong)

    with pytest.raises(UnusableSettings, match=f"{variable}: (?!ありません)"):
        SoapSettings.from_environment()


NEEDED = {
    "soap_api.server": {
        "DATABASE_URL",
        "HUB_DATA_KEYS",
        "HUB_MESSAGE_KEY",
        "HUB_TLS_AUTHORITY",
        "HUB_GRID_CLIENT_CERTIFICATE",
    },
    "web.server": {
        "DATABASE_URL",
        "HUB_DATA_KEYS",
        "HUB_MESSAGE_KEY",
        "HUB_WEB_KEY",
        "HUB_TLS_AUTHORITY",
        "HUB_GRID_CLIENT_CERTIFICATE",
    },
    "deploy.front": {"HUB_TLS_AUTHORITY", "HUB_SOAP_CERTIFICATE"},
    "sweeper": {"DATABASE_URL", "HUB_DATA_KEYS", "HUB_TLS_AUTHORITY", "HUB_GRID_CLIENT_CERTIFICATE"},
    "worker.py": {
        "DATABASE_URL",
        "HUB_DATA_KEYS",
        "HUB_MESSAGE_KEY",
        "HUB_TLS_AUTHORITY",
        "HUB_GRID_CLIENT_CERTIFICATE",
    },
    "mail.sender": {"DATABASE_URL"},
    "grid_stub.server": {"DATABASE_URL", "HUB_TLS_AUTHORITY", "HUB_GRID_STUB_CERTIFICATE"},
    "upkeep": {
        "DATABASE_URL",
        "HUB_DATA_KEYS",
        "HUB_MESSAGE_KEY",
        "HUB_TLS_AUTHORITY",
        "HUB_GRID_CLIENT_CERTIFICATE",
    },
}
"""What each process cannot start without: secrets and certificates that it uses itself."""
_GIVEN = {"DATABASE_URL": "postgresql://db/hub", "HUB_DATA_KEYS": KEYS_OF_TESTS}


@pytest.mark.parametrize("process", PROCESSES)
class TestEachProcess:
    def test_it_starts_with_exactly_what_it_needs(
        self, process: str, nothing_set: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for variable in NEEDED[process]:
            monkeypatch.setenv(variable, _GIVEN.get(variable, "/given"))

        settings = PROCESSES[process].from_environment()

        assert settings.model_fields_set == {
            name for name, variable in settings.variables().items() if variable in NEEDED[process]
        }

    def test_it_names_all_of_that_where_it_is_missing_and_no_other(self, process: str, nothing_set: Path) -> None:
        with pytest.raises(UnusableSettings) as refused:
            PROCESSES[process].from_environment()

        assert set(re.findall(r"[A-Z_]+(?=: ありません)", str(refused.value))) == NEEDED[process]

    def test_each_of_its_settings_says_what_it_is(self, process: str) -> None:
        assert [name for name, field in PROCESSES[process].model_fields.items() if not field.description] == []


def test_a_setting_is_the_same_for_all_processes_that_use_it() -> None:
    settings_by_name: dict[str, set[tuple[str | None, str]]] = defaultdict(set)
    for kind in PROCESSES.values():
        for name, field in kind.model_fields.items():
            settings_by_name[name].add((field.description, repr(field.default)))

    assert {name: words for name, words in settings_by_name.items() if len(words) > 1} == {}


class TestThoseOfTheLocalStack:
    KEPT = {"DATABASE_URL": "postgresql://hub:it's $HOME\n@db/hub", "HUB_WEB_KEY": "key", "TEMPORAL_ADDRESS": "t:7233"}

    def test_they_are_read_as_they_were_left_and_for_their_owner_alone(self, tmp_path: Path) -> None:
        leave_settings(tmp_path, self.KEPT)
        environment = {"HUB_FOLDER": str(tmp_path)}

        take_settings(environment)

        assert environment == self.KEPT | {"HUB_FOLDER": str(tmp_path)}
        assert settings_file(tmp_path).stat().st_mode & 0o777 == 0o600

    def test_what_the_environment_has_goes_before_them(self, tmp_path: Path) -> None:
        leave_settings(tmp_path, self.KEPT)
        environment = {"HUB_FOLDER": str(tmp_path), "HUB_WEB_KEY": "another"}

        take_settings(environment)

        assert environment["HUB_WEB_KEY"] == "another"

    def test_where_the_environment_names_a_database_none_of_them_is_taken(self, tmp_path: Path) -> None:
        leave_settings(tmp_path, self.KEPT)
        environment = {"HUB_FOLDER": str(tmp_path), "DATABASE_URL": "postgresql://production/hub"}

        take_settings(environment)

        assert environment.keys() == {"HUB_FOLDER", "DATABASE_URL"}
