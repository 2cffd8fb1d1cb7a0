"""What the tests of the use cases share."""

from tests.support.use_case_fixtures import certificates, live_parts, parts, retailers, settings, working_parts

__all__ = ["certificates", "live_parts", "parts", "retailers", "settings", "working_parts"]
