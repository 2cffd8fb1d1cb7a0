"""The processes of the screens: renewed one after the other, and nobody who asks notices."""

import os
from pathlib import Path

from deploy.stack.environment import socket_folder
from deploy.stack.probes import all_listen
from runtime.listening import listening
from tests.support.processes import running_module, wait_until
from tests.support.processor_time import family
from tests.support.settings import Settings, environment_for
from tests.support.small_front import ask_at

STYLE = "/static/hub.css"


def test_each_process_that_has_done_its_share_is_followed_by_another(settings: Settings, tmp_path: Path) -> None:
    chosen = settings.model_copy(
        update={"web_workers": 2, "web_renew_after": 10, "socket_folder": socket_folder(tmp_path)}
    )
    places = listening("screens", folder=chosen.socket_folder, address="", processes=2).places
    environment = environment_for(chosen, folder=tmp_path) | {"PATH": os.environ["PATH"]}

    with running_module(
        "web.server", port=lambda: all_listen(places), log=tmp_path / "web.log", environment=environment
    ) as process:
        before = set(family(process.pid)) - {process.pid}
        for place in places:
            for _ in range(15):
                assert ask_at(place, STYLE)
        wait_until(lambda: not before & set(family(process.pid)), what="the end of those before")

        assert len(before) == 2
        assert all(ask_at(place, STYLE) for place in places)
