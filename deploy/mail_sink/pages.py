"""The sink's pages: the mails that came, and one of them."""

from flask import Flask, Response, abort, render_template, request

from deploy.mail_sink.box import MailBox
from rules.wording import plain_second

PAGE = 50
"""Mails on a page."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def pages(box: MailBox) -> Flask:
    app = Flask(__name__)
    app.jinja_env.filters[plain_second.__name__] = plain_second
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.get("/")
    def all_mails() -> str:
        number = request.args.get("page", 1, type=int)
        page = box.page(number, size=PAGE) if number > 0 else None
        if page is None or number > page.last:
            abort(404)
        return render_template("mails.html", page=page, mails=page.mails)

    @app.get("/mails/<name>")
    def one_mail(name: str) -> str:
        mail = box.find(name)
        if mail is None:
            abort(404)
        return render_template("mail.html", mail=mail)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return app
