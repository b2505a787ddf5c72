"""Timestamp authorities on this machine: one that keeps to RFC 3161, through OpenSSL, and several that do not."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.documents.bundles import certify, curve

REPLY = "application/timestamp-reply"
CONFIGURATION = """
[ tsa ]
default_tsa = here
[ here ]
serial = {directory}/serial
signer_cert = {directory}/tsa.pem
certs = {directory}/tsa.pem
signer_key = {directory}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


class OpenSsl:
    """What ``openssl ts`` answers; it is nobody's library here."""

    def __init__(self, directory: Path):
        self.directory = directory
        key = curve()
        builder_cert = _critical_purpose(key)
        (directory / "tsa.pem").write_bytes(builder_cert.public_bytes(serialization.Encoding.PEM))
        plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (directory / "tsa.key").write_bytes(key.private_bytes(*plain))
        (directory / "serial").write_text("01\n")
        (directory / "tsa.cnf").write_text(CONFIGURATION.format(directory=directory))

    def __call__(self, question: bytes) -> bytes:
        query, answer = self.directory / "query", self.directory / "answer"
        query.write_bytes(question)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", self.directory / "tsa.cnf", "-section", "here", "-queryfile", query, "-out", answer],
            check=True, capture_output=True,
        )  # fmt: skip
        return answer.read_bytes()


def _critical_purpose(key) -> x509.Certificate:
    """RFC 3161 wants one purpose, and critical."""
    plain = certify(key, name="Autorité d’essai")
    builder = x509.CertificateBuilder(
        issuer_name=plain.issuer,
        subject_name=plain.subject,
        public_key=key.public_key(),
        serial_number=plain.serial_number,
        not_valid_before=plain.not_valid_before_utc,
        not_valid_after=plain.not_valid_after_utc,
        extensions=list(plain.extensions),
    )
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return builder.add_extension(purpose, critical=True).sign(key, hashes.SHA256())


@contextmanager
def serving(
    answer: Callable[[bytes], bytes], *, status=200, kind=REPLY, dribble=0.0
) -> Iterator[tuple[str, list]]:
    """An HTTP server that answers so, its address, and the questions it was asked."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            body = answer(asked[-1])
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for piece in (body[n : n + 64] for n in range(0, len(body), 64)) if dribble else (body,):
                time.sleep(dribble)
                self.wfile.write(piece)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa", asked
    finally:
        server.shutdown()
        server.server_close()
