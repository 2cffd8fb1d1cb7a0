"""The way to the mail server, by SMTP."""

import smtplib
import ssl
from email.message import EmailMessage
from functools import cached_property

from runtime.settings.processes import MailSettings


class PostAway(Exception):
    """The mail server cannot be reached or does not let the hub in; no mail is to blame. Says what went wrong."""


class PostRefused(Exception):
    """A mail was not taken, or it is open whether it was. Says what went wrong, without words of the mail."""


class Post:
    """One connection to the mail server, kept for several mails."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage) -> None:
        """Have the mail server take a mail.

        :raises PostAway: when it cannot be asked.
        :raises PostRefused: when it does not take this one.
        """
        connection = self._connected()
        try:
            connection.send_message(mail)
        except smtplib.SMTPResponseException as refusal:
            self.hang_up()
            raise PostRefused(f"{type(refusal).__name__} {refusal.smtp_code}") from None
        except smtplib.SMTPRecipientsRefused as refusal:
            self.hang_up()
            codes = " ".join(sorted({str(code) for code, _ in refusal.recipients.values()}))
            raise PostRefused(f"{type(refusal).__name__} {codes}") from None
        except (OSError, smtplib.SMTPException, ValueError) as problem:
            self.hang_up()
            raise PostRefused(type(problem).__name__) from None

    def hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is not None and not _still_there(self._connection):
            self.hang_up()
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (OSError, smtplib.SMTPException) as problem:
                raise PostAway(type(problem).__name__) from None
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        server = (settings.smtp_host, settings.smtp_port, settings.mail_from.rpartition("@")[2])
        if settings.smtp_security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(*server, timeout=settings.smtp_timeout, context=self._trust)
        else:
            connection = smtplib.SMTP(*server, timeout=settings.smtp_timeout)
        try:
            if settings.smtp_security == "starttls":
                connection.starttls(context=self._trust)
            if settings.smtp_user:
                connection.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        except BaseException:
            connection.close()
            raise
        return connection

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Whose certificates are believed; read once, when there is first need of it."""
        authority = self._settings.smtp_authority
        return ssl.create_default_context(cafile=None if authority is None else str(authority))


def _still_there(connection: smtplib.SMTP) -> bool:
    """Tell whether the mail server is still there: they hang up on those who say nothing for long."""
    try:
        return connection.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False
