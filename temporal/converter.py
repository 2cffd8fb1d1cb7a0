"""How Temporal is spoken to, the same for clients, workers and replays."""

from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

_JSON = PydanticJSONPlainPayloadConverter()
"""One for the process. The library makes one for each workflow, and each would build the schemas of all our
records anew: half of what the start or the replay of a case costs."""


class SharedPydanticConverter(CompositePayloadConverter):
    """The library's pydantic converter, with the schemas it has built shared by all workflows of the process."""

    def __init__(self) -> None:
        stock = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(
            *(_JSON if isinstance(converter, JSONPlainPayloadConverter) else converter for converter in stock)
        )


DATA_CONVERTER = DataConverter(payload_converter_class=SharedPydanticConverter)
"""Carries dates and codes, which the default one cannot."""
