"""How Temporal is spoken to, the same for clients, workers and replays."""

from temporalio.contrib.pydantic import pydantic_data_converter

DATA_CONVERTER = pydantic_data_converter
"""Carries dates and codes, which the default one cannot."""
