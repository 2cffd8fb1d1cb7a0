"""Where files are sent at the screens is where the front takes what is larger than a form."""

from deploy.front.listeners import UPLOADS
from tests.support.cast import NEW_SIDE
from tests.web.bulk.conftest import FileRoom


def test_only_what_takes_files_lies_where_the_front_takes_large_requests(room: FileRoom) -> None:
    addresses = {rule.endpoint: rule.rule for rule in room.browsers.of(NEW_SIDE).application.url_map.iter_rules()}

    assert [endpoint for endpoint, address in addresses.items() if address.startswith(UPLOADS)] == ["bulk.upload"]
