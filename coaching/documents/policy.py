from coaching.kernel.registry import Confidence, Reader, declare, plumbing

plumbing(
    "documents.Document",
    "id ref practice_ref kind language sha256 size pages snapshot_sha256 created_at",
)
declare(
    "documents.Document",
    "title snapshot",
    Confidence.SHARED,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
    Reader.MANAGER,
)
