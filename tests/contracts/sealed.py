"""A contract sealed from the world's version, as the worker will seal it; made once per process, for it takes a second."""

from functools import cache

from django.db import transaction

from coaching.documents.sealing import Sealed
from coaching.documents.services import content_of
from contracts.evidence import Evidence
from contracts.frozen import thaw
from contracts.models import ContractVersion, SealedContract
from contracts.services import sealing
from contracts.snapshots import ContractSnapshot
from tests.contracts.evidence import evidence_of
from tests.world import World


def gathered(version: ContractVersion) -> tuple[ContractSnapshot, Evidence, bytes]:
    """What sealing starts from: the frozen contract, the evidence, the bytes that were signed."""
    snapshot, document = thaw(version.document.snapshot), version.document
    return snapshot, evidence_of(snapshot, document.sha256, document.pages), content_of(document)


def sealed_by(practice_ref: str, version: ContractVersion) -> Sealed:
    return _sealed(practice_ref, version.pk)


@cache
def _sealed(practice_ref: str, version_pk: int) -> Sealed:
    snapshot, evidence, signed = gathered(ContractVersion.unscoped.get(pk=version_pk))
    return sealing.prepare(snapshot, evidence, signed, practice_ref)


def kept(world: World, sealed: Sealed) -> SealedContract:
    """The sealed contract of the world's version, in its table, its store and the journal."""
    _snapshot, evidence, _signed = gathered(world.version)
    with transaction.atomic():
        return sealing.keep(world.coach, world.version, evidence, sealed)
