"""E-mail by SMTP, as the settings say; the only module that speaks to a mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from catalogue.errors import CatalogueError, Invalid
from catalogue.settings import Settings

_PATIENCE = 20  # seconds to wait for an answer of the server


class MailFailed(CatalogueError):
    """The mail server cannot be reached, refuses to let us in, or refuses one message."""

    code = "mail_failed"


class Outbox:
    """A connection to the mail server, opened at once and again after the server has closed it."""

    def __init__(self, settings: Settings) -> None:
        if not settings.smtp_host or not settings.smtp_from:
            raise Invalid("mail_not_configured")
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connected()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand one message to the server.

        Raises: MailFailed; the next message may still be sent.
        """
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self._settings.smtp_from, to, subject
            message.set_content(text, cte="quoted-printable")
            self._connected().send_message(message)
        except (OSError, ValueError) as error:  # ValueError: a line break in an address
            if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | ValueError):
                self._close()  # whatever state it was left in, the next message begins anew
            raise MailFailed(reason=_reason(error)) from error

    def _connected(self) -> smtplib.SMTP:
        """The living connection.

        Raises: MailFailed mail_unreachable.
        """
        if self._server is None:
            settings = self._settings
            server: smtplib.SMTP | None = None
            try:
                server = smtplib.SMTP(str(settings.smtp_host), settings.smtp_port, timeout=_PATIENCE)
                if settings.smtp_starttls:
                    server.starttls(context=ssl.create_default_context())
                if settings.smtp_user:
                    secret = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
                    server.login(settings.smtp_user, secret)
            except OSError as error:  # every error of smtplib is one
                if server is not None:
                    server.close()
                raise MailFailed(
                    "mail_unreachable", host=str(settings.smtp_host), reason=_reason(error)
                ) from None  # what the library kept of the sign-in goes no further
            self._server = server
        return self._server

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except OSError:
                server.close()


def _reason(error: Exception) -> str:
    """What the server said, or what kind of failure it was; never an address and never a secret."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {_words(said)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:200]
