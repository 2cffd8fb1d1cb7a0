"""The people of one retailer leave the others threads, however many they are and however long their pages take."""

import threading
from concurrent.futures import ThreadPoolExecutor

from models.database import Database
from runtime.settings.processes import WebSettings
from tests.support.cast import COLLEAGUE, DECIDER, OPERATOR, STRANGER
from tests.support.polling import until
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.pages import get, page_of, words

SHARE = WebSettings.model_fields["web_threads"].default // 2


def test_who_comes_when_the_retailers_share_is_used_up_reads_that_it_is_busy(
    settings: Settings, database: Database, application: Applications
) -> None:
    browsers = Browsers(application(settings.model_copy(update={"slot_wait": 0.0})), database)
    let_go, inside = threading.Event(), threading.Semaphore(0)

    @browsers.app.get("/held")
    def held() -> str:
        inside.release()
        let_go.wait(30)
        return "done"

    clients = [browsers.of(person) for person in (DECIDER, COLLEAGUE) for _ in range(SHARE // 2)]
    with ThreadPoolExecutor(SHARE) as pool:
        pages = [pool.submit(client.get, "/held") for client in clients]
        assert all(inside.acquire(timeout=30) for _ in clients)

        refused = browsers.of(COLLEAGUE).get("/cases")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
        assert words(page_of(refused, status=503), "//h1") == ["ただいま混み合っています"]
        for other in (STRANGER, OPERATOR):
            get(browsers.of(other), "/cases")
        assert not any(page.done() for page in pages)
        let_go.set()
        assert [page.result().status_code for page in pages] == [200] * SHARE

    assert until(lambda: browsers.of(COLLEAGUE).get("/cases").status_code == 200)
