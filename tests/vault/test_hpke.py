"""The seal to a public key is RFC 9180's: told by a second implementation, itself proved by the RFC's own vector."""

import hashlib
import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coaching.vault.keys import SUITE

# RFC 9180, A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, the first encryption.
RFC = {
    "info": "4f6465206f6e2061204772656369616e2055726e",
    "skE": "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
    "enc": "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
    "skR": "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
    "pkR": "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
    "key": "4531685d41d65f03dc48f6b8302c05b0",
    "base_nonce": "56d890e5accaaf011cff4b7d",
    "pt": "4265617574792069732074727574682c20747275746820626561757479",
    "aad": "436f756e742d30",
    "ct": "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
}
AES_128, AES_256 = (1, 16), (2, 32)  # identifier, length of the key


def _hex(name: str) -> bytes:
    return bytes.fromhex(RFC[name])


def _extract(salt: bytes, material: bytes) -> bytes:
    return hmac.new(salt or bytes(32), material, hashlib.sha256).digest()


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    out = block = b""
    for number in range(1, 2 + length // 32):
        block = hmac.new(key, block + info + bytes([number]), hashlib.sha256).digest()
        out += block
    return out[:length]


def _labelled(suite: bytes, label: bytes, material: bytes, salt: bytes = b"") -> bytes:
    return _extract(salt, b"HPKE-v1" + suite + label + material)


def _expanded(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return _expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def _schedule(shared: bytes, info: bytes, aead: tuple[int, int]) -> tuple[bytes, bytes]:
    suite = b"HPKE" + b"\x00\x20" + b"\x00\x01" + aead[0].to_bytes(2, "big")
    context = b"\x00" + _labelled(suite, b"psk_id_hash", b"") + _labelled(suite, b"info_hash", info)
    secret = _labelled(suite, b"secret", b"", salt=shared)
    key = _expanded(suite, secret, b"key", context, aead[1])
    return key, _expanded(suite, secret, b"base_nonce", context, 12)


def _decap(enc: bytes, private: X25519PrivateKey) -> bytes:
    dh = private.exchange(X25519PublicKey.from_public_bytes(enc))
    kem = b"KEM\x00\x20"
    context = enc + private.public_key().public_bytes_raw()
    return _expanded(kem, _labelled(kem, b"eae_prk", dh), b"shared_secret", context, 32)


def test_the_second_implementation_agrees_with_the_rfc():
    private = X25519PrivateKey.from_private_bytes(_hex("skR"))
    assert private.public_key().public_bytes_raw() == _hex("pkR")
    key, nonce = _schedule(_decap(_hex("enc"), private), _hex("info"), AES_128)
    assert (key, nonce) == (_hex("key"), _hex("base_nonce"))
    assert AESGCM(key).encrypt(nonce, _hex("pt"), _hex("aad")) == _hex("ct")


@pytest.mark.parametrize("length", [0, 1, 32, 5000])
def test_what_the_product_seals_the_second_implementation_opens(length):
    private, plain = X25519PrivateKey.generate(), b"k" * length
    sealed = SUITE.encrypt(plain, private.public_key(), b"bound to this")
    key, nonce = _schedule(_decap(sealed[:32], private), b"bound to this", AES_256)
    assert AESGCM(key).decrypt(nonce, sealed[32:], b"") == plain


def test_what_the_second_implementation_seals_the_product_opens():
    private, ephemeral = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    enc = ephemeral.public_key().public_bytes_raw()
    key, nonce = _schedule(_decap(enc, private), b"here", AES_256)
    assert SUITE.decrypt(enc + AESGCM(key).encrypt(nonce, b"k" * 32, b""), private, b"here") == b"k" * 32


@pytest.mark.parametrize("change", ["key", "info", "flip", "cut"])
def test_nothing_opens_with_another_key_or_elsewhere_or_altered(change):
    private = X25519PrivateKey.generate()
    sealed, info = SUITE.encrypt(b"k" * 32, private.public_key(), b"here"), b"here"
    if change == "key":
        private = X25519PrivateKey.generate()
    elif change == "info":
        info = b"there"
    else:
        sealed = sealed[:-1] + (bytes([sealed[-1] ^ 1]) if change == "flip" else b"")
    with pytest.raises(InvalidTag):
        SUITE.decrypt(sealed, private, info)
