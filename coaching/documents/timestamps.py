"""Asking a timestamp authority (RFC 3161) for the time. What it does not give is never made up."""

import asyncio
import contextlib
import http.client
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

SECONDS = 15
LARGEST_ANSWER = 256 << 10
ASKED = "application/timestamp-query"
ANSWERED = "application/timestamp-reply"


class TimestampFailed(RuntimeError):
    """No timestamp was given, or what was given is not one for this document."""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Authority(TimeStamper):
    """An authority reached over HTTP: one question, a bounded answer, in bounded time, checked before it is used."""

    def __init__(self, url: str, seconds: float = SECONDS):
        super().__init__()
        if urlsplit(url).scheme not in ("http", "https"):
            raise TimestampFailed("the authority's address is neither http nor https")
        self.url = url
        self.seconds = seconds

    async def async_request_tsa_response(self, req):
        return tsp.TimeStampResp.load(await asyncio.to_thread(self._ask, req.dump()))

    async def async_timestamp(self, message_digest, md_algorithm):
        """The authority's token for this digest, its signature checked; :class:`TimestampFailed` otherwise."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            await _check(token, message_digest, md_algorithm)
        except TimestampFailed:
            raise
        except Exception as wrong:  # whatever an authority may answer: none of it is a timestamp
            raise TimestampFailed(f"{type(wrong).__name__}: {wrong}") from wrong
        return token

    def _ask(self, question: bytes) -> bytes:
        request = urllib.request.Request(  # noqa: S310  http and https alone, checked above
            self.url, data=question, headers={"Content-Type": ASKED, "Accept": ANSWERED}
        )
        deadline = time.monotonic() + self.seconds
        try:
            opener = urllib.request.build_opener(_NoDetour)
            with contextlib.closing(opener.open(request, timeout=self.seconds)) as answer:
                return _whole(answer, deadline)
        except (OSError, http.client.HTTPException, ValueError) as wrong:
            raise TimestampFailed(f"{type(wrong).__name__}: {wrong}") from wrong


def _whole(answer, deadline: float) -> bytes:
    """The answer, unless it is another kind of thing, too long, or dribbles in past the deadline."""
    if answer.headers.get_content_type() != ANSWERED:
        raise TimestampFailed("the answer is not a timestamp reply")
    received = bytearray()
    while piece := answer.read1(1 << 14):
        received += piece
        if len(received) > LARGEST_ANSWER:
            raise TimestampFailed("the answer is too long")
        if time.monotonic() > deadline:
            raise TimestampFailed("the answer takes too long")
    return bytes(received)


async def _check(token, message_digest: bytes, md_algorithm: str) -> None:
    """The token is for this digest, and signed as it says. Whether the authority deserves trust is the practice's choice."""
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko_certvalidator import ValidationContext

    said = token["content"]["encap_content_info"]["content"].parsed
    if said["message_imprint"]["hash_algorithm"]["algorithm"].native != md_algorithm:
        raise TimestampFailed("the timestamp is for another kind of digest")
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    status = await validate_tst_signed_data(token["content"], nobody, lambda _algorithm: message_digest)
    if not (status["intact"] and status["valid"]):
        raise TimestampFailed("the timestamp is for something else, or not signed as it says")
