"""Whether the tests run in their long form (``make faults``) or in the short one (``make faults FAULTS=short``)."""

import os

LONG = os.environ.get("HUB_TESTS_LONG") == "1"
