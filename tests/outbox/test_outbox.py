"""Letters: a row first, sent by the worker to a real mail server, never lost, never doubled."""

import hashlib
import socket
import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coaching.documents.rendering import Rendered
from coaching.documents.services import store
from coaching.documents.store import path_of
from coaching.outbox import services
from coaching.outbox.layout import Message
from coaching.outbox.models import Letter, LetterState
from coaching.outbox.services import open_letter, send_due

pytestmark = pytest.mark.django_db


class Postman:
    """Takes or refuses what a real SMTP session brings."""

    def __init__(self):
        self.taken, self.refuse = [], False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the server's own name
        if self.refuse:
            return "451 later"
        self.taken.append(envelope)
        return "250 taken"


@pytest.fixture
def server(settings):
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=0, ready_timeout=60)
    controller.port = _free_port()
    controller.start()
    settings.OUTBOX_DELIVERY = "smtp"
    settings.EMAIL_BACKEND = settings.SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield postman
    controller.stop()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _keep(to="to@canary.test", subject="Objet", text="Corps", body="<p>Corps</p>"):
    return services.keep(Message(subject, text, body), kind="x", to=to, language="fr")


def test_a_letter_reaches_a_real_mail_server_with_both_bodies(server):
    letter = _keep(subject="Votre coach a validé votre demande", text="Bonjour — œuvre")
    assert send_due() == 1
    envelope = server.taken[0]
    assert envelope.rcpt_tos == ["to@canary.test"]
    content = envelope.content.decode()
    assert f"Message-ID: <{letter.ref.lower()}@localhost>" in content
    assert "text/plain" in content
    assert "text/html" in content
    assert Letter.unscoped.get().state == LetterState.SENT
    assert send_due() == 0


def test_a_letter_the_server_refuses_waits_longer_each_time_and_is_never_lost(server):
    _keep()
    server.refuse = True
    start = timezone.now() + timedelta(seconds=1)
    waits = []
    with time_machine.travel(start, tick=False) as clock:
        for _try in range(len(services.DELAYS)):
            assert send_due() == 0
            letter = Letter.unscoped.get()
            waits.append(round((letter.due_at - timezone.now()).total_seconds() / 60))
            assert send_due() == 0, "not before it is due"
            clock.move_to(letter.due_at + timedelta(seconds=1))
        assert waits == list(services.DELAYS)
        server.refuse = False
        assert send_due() == 1
    assert len(server.taken) == 1


def test_a_letter_refused_to_the_end_is_marked_failed_and_kept(server):
    _keep()
    server.refuse = True
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(len(services.DELAYS) + 1):
            clock.shift(timedelta(days=1))
            send_due()
    letter = Letter.unscoped.get()
    assert (letter.state, letter.last_error) == (LetterState.FAILED, "SMTPDataError")
    assert open_letter(letter).text == "Corps"


def test_a_mail_server_that_is_not_there_loses_nothing(settings):
    settings.OUTBOX_DELIVERY = "smtp"
    settings.EMAIL_BACKEND = settings.SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()
    _keep()
    assert send_due() == 0
    assert Letter.unscoped.get().state == LetterState.QUEUED


def test_a_mail_server_that_hangs_up_in_the_middle_loses_nothing(settings):
    listener = socket.create_server(("127.0.0.1", 0))
    settings.OUTBOX_DELIVERY = "smtp"
    settings.EMAIL_BACKEND = settings.SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()

    def hang_up():
        peer, _address = listener.accept()
        peer.sendall(b"220 hello\r\n")
        peer.recv(1024)
        peer.close()

    thread = threading.Thread(target=hang_up)
    thread.start()
    _keep()
    assert send_due() == 0
    thread.join(timeout=5)
    listener.close()
    assert Letter.unscoped.get().state == LetterState.QUEUED


def test_the_letter_of_a_worker_that_died_is_given_back(server):
    letter = _keep()
    Letter.unscoped.filter(pk=letter.pk).update(
        state=LetterState.SENDING, claimed_at=timezone.now() - services.LEASE - timedelta(seconds=1)
    )
    assert send_due() == 1
    assert len(server.taken) == 1


def test_a_letter_another_worker_holds_is_left_to_it(server):
    letter = _keep()
    Letter.unscoped.filter(pk=letter.pk).update(state=LetterState.SENDING, claimed_at=timezone.now())
    assert send_due() == 0
    assert server.taken == []


def test_a_letter_falls_with_the_act_that_wrote_it():
    with pytest.raises(RuntimeError), transaction.atomic():
        _keep()
        raise RuntimeError
    assert Letter.unscoped.count() == 0


def test_a_subject_cannot_carry_a_header_of_its_own(server):
    _keep(subject="Objet\r\nBcc: thief@canary.test")
    send_due()
    assert server.taken == []
    assert Letter.unscoped.get().last_error == "BadHeaderError"


def test_the_body_lies_sealed_in_the_database():
    letter = _keep(text="mot rarissime")
    assert b"rarissime" not in bytes(Letter.unscoped.get(pk=letter.pk).sealed)


def test_a_letter_swapped_for_another_does_not_open():
    from coaching.kernel.crypto import Undecipherable

    one, two = _keep(), _keep()
    one.sealed = two.sealed
    with pytest.raises(Undecipherable):
        open_letter(one)


def _document():
    content = b"%PDF-1.7 of a test"
    made = Rendered(content, 1, hashlib.sha256(content).hexdigest(), (), 0)
    return store(made, practice_ref="P-1", kind="sealed", title="T", language="fr", snapshot="{}")


def test_a_letter_carries_a_stored_document_read_when_it_is_sent(server):
    document = _document()
    services.keep(
        Message("s", "t", ""), kind="x", to="to@canary.test", language="fr", attachments=[(document.ref, "C-1.pdf")]
    )  # fmt: skip
    assert send_due() == 1
    sent = message_from_bytes(server.taken[0].content, policy=policy.default)
    (file,) = sent.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("C-1.pdf", "application/pdf")
    assert hashlib.sha256(file.get_content()).hexdigest() == document.sha256


def test_a_letter_whose_document_is_damaged_waits_and_sends_nothing_else(server):
    document = _document()
    letter = services.keep(
        Message("s", "t", ""), kind="x", to="to@canary.test", language="fr", attachments=[(document.ref, "C-1.pdf")]
    )  # fmt: skip
    path = path_of(document.sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    try:
        assert send_due() == 0
    finally:
        path.unlink()
    assert server.taken == []
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == ("queued", "Damaged")


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_one_turn_and_ends(server):
    _keep()
    call_command("worker", "--once")
    assert len(server.taken) == 1


def test_the_local_mailbox_is_not_there_on_a_server(client, settings):
    letter = _keep()
    assert client.get(reverse("mailbox_letter", args=[letter.ref])).status_code == 200
    settings.OUTBOX_DELIVERY = "smtp"
    assert client.get(reverse("mailbox")).status_code == 404
    assert client.get(reverse("mailbox_letter", args=[letter.ref])).status_code == 404
