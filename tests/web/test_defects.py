"""How the items of a defect are called."""

import pytest

from schemas.codes import ApplicationKind
from web.defects import field_label


@pytest.mark.parametrize(
    ("kind", "name", "label"),
    [
        (ApplicationKind.START, "holderName", "契約名義"),
        (ApplicationKind.START, "obtainedOn", "同意取得日"),
        (ApplicationKind.END, "contractNumber", "契約番号"),
        (ApplicationKind.START, None, "全体"),
        (ApplicationKind.END, "holderName", "holderName"),
    ],
)
def test_an_element_is_called_as_the_catalogue_calls_it(kind: ApplicationKind, name: str | None, label: str) -> None:
    assert field_label(kind, name) == label
