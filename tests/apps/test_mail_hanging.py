"""A mail server that takes the call and then says nothing: no mail is lost, none doubled."""

import socket
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings as site
from django.core import mail
from test_telling import MINUTE, SELF, _send, _tell, reader  # noqa: F401  fixture


SMTP = "django.core.mail.backends.smtp.EmailBackend"
LONGEST = 30  # seconds that a tick may lose to a silent server
TALKS = {
    "at once": [],
    "after its greeting": [b"220 mail\r\n"],
    "when the mail was sent": [
        b"220 mail\r\n",
        b"250 mail\r\n",
        b"250 sender\r\n",
        b"250 recipient\r\n",
        b"354 go on\r\n",
    ],
}


@contextmanager
def _silent(words):
    """A server that says so much, one word for each that it hears, and never more; gives its port."""
    held = []

    def serve():
        try:
            line, _ = listener.accept()
        except OSError:
            return
        held.append(line)
        for k, word in enumerate(words):
            if k and not line.recv(4096):
                return
            line.sendall(word)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            thread.join(timeout=10)
            for line in held:
                line.close()


@pytest.mark.parametrize("when", TALKS)
def test_a_mail_server_that_falls_silent_loses_nothing(reader, settings, when):  # noqa: F811
    """The job fails after its timeout and is seen; the mail waits, and goes out once."""
    _tell(reader, SELF)
    usual = settings.EMAIL_BACKEND
    with _silent(TALKS[when]) as port:
        settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP, 0.3
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        with pytest.raises(OSError, match=r"timed out|closed"):
            _send(SELF)
    settings.EMAIL_BACKEND = usual
    assert mail.outbox == []
    assert [_send(SELF + MINUTE), _send(SELF + 2 * MINUTE)] == [1, 0]
    assert [m.to for m in mail.outbox] == [["doc@example.vn"]]


def test_the_site_does_not_wait_long_for_a_mail_server():
    """Django itself would wait for ever."""
    assert 0 < site.EMAIL_TIMEOUT <= LONGEST
