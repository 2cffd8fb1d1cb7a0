"""Forms that were not made by this hub for this browser are refused (CSRF)."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect


def set_up_csrf(app: Flask) -> None:
    """Have every request that changes something carry the form's token."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # a form is good as long as the browser's session
        WTF_CSRF_SSL_STRICT=False,  # would want a Referer, which our pages tell browsers not to send
        WTF_I18N_ENABLED=False,
    )
    CSRFProtect(app)
