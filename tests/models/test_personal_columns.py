"""Each column is placed: personal data of customers are encrypted, and of every other it is said why it is not."""

from models.encrypted import Encrypted
from models.personal_data import NOT_OF_CUSTOMERS, PERSONAL
from models.tables import METADATA

_COLUMNS = {f"{table.name}.{column.name}": column for table in METADATA.tables.values() for column in table.columns}


def test_every_column_is_placed_and_in_one_place() -> None:
    assert set(PERSONAL) | set(NOT_OF_CUSTOMERS) == set(_COLUMNS)
    assert not set(PERSONAL) & set(NOT_OF_CUSTOMERS)


def test_what_is_personal_is_encrypted_and_bound_to_its_own_column_and_nothing_else_is() -> None:
    encrypted = {name: column.type.column for name, column in _COLUMNS.items() if isinstance(column.type, Encrypted)}

    assert encrypted == {name: name for name in PERSONAL}
