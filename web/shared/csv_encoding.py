"""How a CSV file is written: UTF-8 with its mark for most programs, CP932 for those that know nothing else."""

from enum import StrEnum

BOM = "\ufeff"


class Encoding(StrEnum):
    """As it stands in a form or an address."""

    UTF_8 = "utf-8"
    CP932 = "cp932"

    @property
    def label(self) -> str:
        """Name it as people choose it."""
        return "CP932" if self is Encoding.CP932 else "UTF-8"

    @property
    def content_type(self) -> str:
        """Give what the browser is told; Windows-31J is the registered name of CP932."""
        return f"text/csv; charset={'Windows-31J' if self is Encoding.CP932 else 'utf-8'}"


def encoded(text: str, encoding: Encoding) -> bytes:
    """Write the text of a file, which has to be of characters that the hub takes."""
    return (text if encoding is Encoding.CP932 else BOM + text).encode(encoding.value)
