"""What a person asks of a file: that its rows be sent, that it pause, go on, or end."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from rules.bulk.progress import POSSIBLE, Steering
from usecases.bulk_files import NoSuchFile, NotInThisState, confirm, pause, resume, stop
from usecases.hub import Hub
from web.bulk.file_page import ConfirmForm, FilePages, file_or_404
from web.bulk.screens import BulkScreen
from web.bulk.words import result_words
from web.shared.access import current_actor

_ASKED: dict[Steering, tuple[Callable[..., None], str]] = {
    Steering.CONFIRM: (confirm, "送信を始めました。"),
    Steering.PAUSE: (pause, "中断しました。いま送っている行の後は、再開するまで送りません。"),
    Steering.RESUME: (resume, "再開しました。"),
    Steering.STOP: (stop, "中止しました。まだ送っていない行は、送りません。"),
}
_TO_AGREE = "同じ内容のファイルを前にも送っています。もう一度送信する場合は、下の欄にチェックを入れてください。"


@dataclass(frozen=True)
class SteeringPages:
    """The views that change how a file goes."""

    hub: Hub

    def confirm(self, number: str) -> Response | tuple[str, int]:
        """Have the rows sent; a file that was sent before, only where the person says so."""
        form = ConfirmForm()
        with self.hub.database.transaction() as session:
            earlier = file_or_404(session, number).earlier
        if earlier is not None and not form.again.data:
            form.again.errors = [_TO_AGREE]
            return FilePages(self.hub).page(number, form), 422
        return self._steer(number, Steering.CONFIRM)

    def pause(self, number: str) -> Response:
        """Have no more rows sent for the time being."""
        return self._steer(number, Steering.PAUSE)

    def resume(self, number: str) -> Response:
        """Have the rest sent."""
        return self._steer(number, Steering.RESUME)

    def ask_to_stop(self, number: str) -> str | Response:
        """Ask whether it is meant: a file that was stopped does not go on."""
        with self.hub.database.transaction() as session:
            file = file_or_404(session, number)
        if file.state not in POSSIBLE[Steering.STOP]:
            return redirect(url_for("bulk.file", number=number), 303)
        return render_template(
            "bulk/stop.html", file=file, screen=BulkScreen(file.kind, file.segment), result=result_words(file)
        )

    def stop(self, number: str) -> Response:
        """End it."""
        return self._steer(number, Steering.STOP)

    def _steer(self, number: str, asked: Steering) -> Response:
        steer, words = _ASKED[asked]
        try:
            steer(number, actor=current_actor(), hub=self.hub)
            flash(words, "success")
        except NoSuchFile:
            abort(404)
        except NotInThisState as elsewhere:
            flash(f"このファイルはいま「{elsewhere.state.label}」のため、{asked.label}できませんでした。", "warning")
        return redirect(url_for("bulk.file", number=number), 303)
