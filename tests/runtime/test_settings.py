"""What operators and platforms give as settings, and what the processes make of it."""

import pytest
from pydantic import SecretStr

from runtime.settings import Settings, with_driver


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_an_address_of_postgresql_is_taken_by_each_of_its_names(scheme: str) -> None:
    given = SecretStr(f"{scheme}://hub:p%40ss@db.example:5432/hub?sslmode=require")

    address = Settings.model_construct(database_url=given).sqlalchemy_url

    assert address == "postgresql+psycopg2://hub:p%40ss@db.example:5432/hub?sslmode=require"


def test_only_the_scheme_is_changed() -> None:
    assert with_driver("postgres://hub@db/postgres://") == "postgresql+psycopg2://hub@db/postgres://"
