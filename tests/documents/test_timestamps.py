"""The timestamp on a seal: from a real authority, or none at all, with an error that says to try again."""

import io
import subprocess
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from asn1crypto import cms, tsp
from pyhanko.pdf_utils.reader import PdfFileReader

from coaching.documents import seal, timestamps
from coaching.documents.rendering import render_pdf
from coaching.documents.sealing import NoTimestamp, seal_pdf
from coaching.documents.verifying import SealState, judge_seal
from coaching.kernel.refs import new_ref
from tests.documents.authority import OpenSsl, serving


@pytest.fixture(scope="module")
def practice():
    ref = new_ref("P")
    seal.make_seal(ref, "Cabinet daté")
    return ref


@pytest.fixture(scope="module")
def page():
    return render_pdf(
        "<h1>Une page</h1>", title="T", language="fr", authored_on=date(2026, 11, 24), author="A", css=""
    )


@pytest.fixture
def authority(tmp_path):
    return OpenSsl(tmp_path)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(timestamps.Authority.__init__, "__defaults__", (1.5,))


def _seal(page, practice, settings, url):
    settings.TSA_URL = url
    return seal_pdf(page, practice_ref=practice, label="Sceau", reason="Essai")


def test_a_seal_bears_the_time_of_the_authority_asked_once(practice, page, settings, authority):
    with serving(authority) as (url, asked):
        sealed = _seal(page, practice, settings, url)
    assert sealed.timestamped
    assert len(asked) == 1
    judged = judge_seal(sealed.pdf)
    assert judged.state == SealState.HOLDS
    assert abs(judged.timestamped_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_timestamp_is_one_for_openssl_too(practice, page, settings, authority, tmp_path):
    with serving(authority) as (url, _asked):
        sealed = _seal(page, practice, settings, url)
    (put,) = PdfFileReader(io.BytesIO(sealed.pdf)).embedded_regular_signatures
    token = next(
        one["values"][0]
        for one in put.signer_info["unsigned_attrs"]
        if one["type"].native == "signature_time_stamp_token"
    )
    (tmp_path / "token").write_bytes(token.dump())
    (tmp_path / "data").write_bytes(put.signer_info["signature"].native)
    checked = subprocess.run(
        ["openssl", "ts", "-verify", "-in", tmp_path / "token", "-token_in", "-data", tmp_path / "data",
         "-CAfile", tmp_path / "tsa.pem", "-untrusted", tmp_path / "tsa.pem"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert "Verification: OK" in checked.stdout, checked.stderr


def test_without_an_authority_no_timestamp_is_claimed(practice, page, settings):
    sealed = _seal(page, practice, settings, "")
    assert not sealed.timestamped
    assert judge_seal(sealed.pdf).timestamped_at is None


def _refusing(_question):
    return tsp.TimeStampResp({"status": {"status": "rejection", "fail_info": {"bad_request"}}}).dump()


def _hanging(_question):
    time.sleep(5)
    return b""


def _without_signature(authority):
    """A reply whose token says another time than the one that was signed."""

    def answer(question):
        reply = tsp.TimeStampResp.load(authority(question))
        said = reply["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        said["gen_time"] = datetime(2020, 1, 1, tzinfo=UTC)
        content = reply["time_stamp_token"]["content"]
        content["encap_content_info"] = {
            "content_type": "tst_info",
            "content": cms.ParsableOctetString(said.dump()),
        }
        return tsp.TimeStampResp(
            {
                "status": reply["status"],
                "time_stamp_token": {"content_type": "signed_data", "content": content.copy()},
            }
        ).dump(force=True)

    return answer


def _of_something_else(authority):
    """A timestamp that is good, and not for this document."""

    def answer(question):
        asked = tsp.TimeStampReq.load(question)
        asked["message_imprint"]["hashed_message"] = b"\x07" * 32
        return authority(asked.dump(force=True))

    return answer


def _of_another_question(authority):
    """Yesterday's reply, sent again."""

    def answer(question):
        asked = tsp.TimeStampReq.load(question)
        asked["nonce"] = 42
        return authority(asked.dump(force=True))

    return answer


BAD = {
    "refuses": ((lambda a: _refusing), {}),
    "fails": ((lambda a: lambda q: b"oops"), {"status": 500}),
    "sends one elsewhere": ((lambda a: lambda q: b""), {"status": 302}),
    "answers a page": ((lambda a: lambda q: b"<html>"), {"kind": "text/html"}),
    "answers rubbish": ((lambda a: lambda q: b"\x30\x03abc"), {}),
    "answers nothing": ((lambda a: lambda q: b""), {}),
    "answers without end": ((lambda a: lambda q: b"\0" * (1 << 20)), {}),
    "hangs": ((lambda a: _hanging), {}),
    "dribbles": ((lambda a: a), {"dribble": 0.4}),
    "dates something else": (_of_something_else, {}),
    "sends an old reply": (_of_another_question, {}),
    "signs another time than it says": (_without_signature, {}),
}


@pytest.mark.parametrize("how", BAD)
def test_nothing_is_sealed_when_the_authority(practice, page, settings, authority, impatient, how):
    make, options = BAD[how]
    with serving(make(authority), **options) as (url, asked):
        began = time.monotonic()
        with pytest.raises(NoTimestamp) as failed:
            _seal(page, practice, settings, url)
    assert failed.value.again, "the job tries again"
    assert len(asked) == 1
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://nowhere.invalid/", "file:///etc/passwd", "rubbish"]
)
def test_nothing_is_sealed_when_there_is_no_authority_there(practice, page, settings, impatient, url):
    with pytest.raises(NoTimestamp) as failed:
        _seal(page, practice, settings, url)
    assert failed.value.again


def test_the_seal_is_put_once_the_authority_is_back(practice, page, settings, authority):
    down = [True]

    def answer(question):
        return b"" if down.pop() else authority(question)

    down[:] = [False, True]
    with serving(answer) as (url, asked):
        with pytest.raises(NoTimestamp):
            _seal(page, practice, settings, url)
        assert _seal(page, practice, settings, url).timestamped
    assert len(asked) == 2
