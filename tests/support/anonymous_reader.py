"""Reading as somebody whom a test does not care for."""

from models.reads import ReadRecorder
from tests.support.cast import NEW

RECORDER = ReadRecorder(retailer_code=NEW, source_address="127.0.0.1", interface_number="12210", message_id="R-1")
