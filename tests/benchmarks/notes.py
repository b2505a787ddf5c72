"""Notes by the thousand: searched against the least a search could do, and a person's key replaced.

Floor: the same ciphertexts opened one by one with their key at hand, and the word looked for in each. Peer: a table of
the same texts in clear, asked by the engine with LIKE. What the product does above the floor is finding whose they are
and which key opens each, and reading them without accents and case.
"""

import random
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.utils import timezone

from coaching.kernel import crypto
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.notes import access
from coaching.notes.matching import words_of
from coaching.notes.models import SessionNote
from coaching.notes.policy import NOTE_PLACE
from coaching.vault.access import keys_held
from coaching.vault.enums import Audience
from coaching.vault.guard import looking
from coaching.vault.keys import PURPOSE, binding
from coaching.vault.models import Compartment, SealedText
from coaching.vault.services import pairs, seal
from tests.benchmarks.table import ratio, show
from tests.world import PASSWORD

MISSIONS, EACH, LENGTH, ROUNDS = 200, 100, 3_000, 5
SYLLABLES = [
    "la",
    "vie",
    "dé",
    "ci",
    "sion",
    "équi",
    "pe",
    "tra",
    "vail",
    "cal",
    "me",
    "pro",
    "jet",
    "é",
    "cou",
    "te",
    "lien",
    "con",
    "fian",
    "ce",
    "temps",
    "ren",
    "dez",
    "vous",
]
WORD = "chrysanthème"  # in one note of a thousand


def run(world) -> None:
    texts = _texts()
    viewer = world.viewer("coach", Portal.COACH)
    _write(world, viewer, texts)
    found = len(access.Search(viewer, words_of(WORD)))
    ours = _cpu(lambda: access.Search(viewer, words_of("chrysantheme"))[:20])
    floor = _cpu(_opened_one_by_one(len(texts)))
    peer = _cpu(_in_clear(texts))
    replaced = _cpu(lambda: pairs.replace(world.users["coach"], PASSWORD), rounds=1)
    anew = _cpu(_sealed_one_by_one(texts), rounds=1)
    rows = [
        (f"search of {len(texts):,} notes ({found} found)", f"{ours * 1000:.0f} ms", ratio(ours, 0.5) + " s"),
        ("  × opening them one by one, key at hand", f"{floor * 1000:.0f} ms", f"{ours / floor:.2f}"),
        ("  × the engine's LIKE on the same texts in clear", f"{peer * 1000:.0f} ms", f"{ours / peer:.2f}"),
        (f"a person's key replaced, {MISSIONS} missions", f"{replaced * 1000:.0f} ms", ""),
        (
            "  × sealing every note anew, which it does not need",
            f"{anew * 1000:.0f} ms",
            f"{replaced / anew:.2f}",
        ),
    ]
    show(f"Private notes of {LENGTH:,} letters (CPU)", ("what", "CPU", "ratio"), rows)


def _texts() -> list[str]:
    chance = random.Random(7)
    made = []
    for n in range(MISSIONS * EACH):
        words = " ".join(chance.choices(SYLLABLES, k=LENGTH // 4))[:LENGTH]
        made.append(f"{words} {WORD}" if n % 1000 == 0 else words)
    return made


def _write(world, viewer, texts: list[str]) -> None:
    """Missions of one coach with their notes, sealed as the product seals them; rows by the thousand."""
    now = timezone.now()
    missions = Mission.unscoped.bulk_create(
        Mission(
            practice=world.practice,
            coach=world.users["coach"],
            title=f"Notes {n}",
            organisation=world.organisation,
        )
        for n in range(MISSIONS)
    )
    for turn, mission in enumerate(missions):
        sealed = [
            SealedText(place=NOTE_PLACE, row=new_ref("N"), author_id=viewer.user_id) for _ in range(EACH)
        ]
        _seal(viewer, mission, sealed, texts[turn * EACH : (turn + 1) * EACH])
        SessionNote.unscoped.bulk_create(
            SessionNote(
                ref=text.row, mission=mission, author_id=viewer.user_id, sealed_ref=text.ref, number=1,
                written_at=now, begun_at=now,
            )
            for text in sealed
        )  # fmt: skip
    connection.cursor().execute("ANALYZE")


def _seal(viewer, mission, sealed: list[SealedText], texts: list[str]) -> None:
    with looking(viewer.user_id):
        seal(viewer, "x", place="tests.Bench.text", row=new_ref("N"), mission_ref=mission.ref,
             audience=Audience.COACH, about=mission.ref, members={viewer.user_id})  # fmt: skip
        compartment = Compartment.unscoped.get(mission_ref=mission.ref, audience=Audience.COACH)
        key = keys_held(viewer.user_id, compartment)[compartment.generation]
        for row, text in zip(sealed, texts, strict=True):
            row.compartment, row.generation = compartment, compartment.generation
            bound = binding(compartment, row)
            row.ciphertext = crypto.encrypt(text.encode(), purpose=PURPOSE, bound_to=bound, key=key)
        SealedText.unscoped.bulk_create(sealed)


def _opened_one_by_one(count: int):
    box, key = AESGCM(b"k" * 32), [(bytes([n % 256]) * 12) for n in range(256)]
    sealed = [box.encrypt(key[n % 256], b"x" * LENGTH, b"bound") for n in range(count)]

    def read():
        return sum(b"chrys" in box.decrypt(key[n % 256], text, b"bound") for n, text in enumerate(sealed))

    return read


def _sealed_one_by_one(texts: list[str]):
    box, nonce = AESGCM(b"k" * 32), b"n" * 12

    def write():
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE bench_anew (text bytea)"
                if connection.vendor == "postgresql"
                else "CREATE TEMPORARY TABLE bench_anew (text blob)"
            )
            cursor.executemany(
                "INSERT INTO bench_anew VALUES (%s)",
                [(box.encrypt(nonce, text.encode(), b""),) for text in texts],
            )
            cursor.execute("DROP TABLE bench_anew")

    return write


def _in_clear(texts: list[str]):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_clear (text text)")
        cursor.executemany("INSERT INTO bench_clear VALUES (%s)", [(text,) for text in texts])

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM bench_clear WHERE text LIKE %s", [f"%{WORD}%"])
            return cursor.fetchone()

    return ask


def _cpu(act, rounds: int = ROUNDS) -> float:
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return sorted(taken)[len(taken) // 2]
