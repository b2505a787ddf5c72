from coaching.kernel.registry import plumbing

plumbing(
    "jobs.Job",
    "id ref kind subject practice_ref state due_at attempts claim claimed_at progress last_error created_at finished_at",
)
