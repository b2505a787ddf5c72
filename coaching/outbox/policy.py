from coaching.kernel.registry import Confidence, declare, plumbing

plumbing(
    "outbox.Letter",
    "id ref practice_ref kind language state attempts due_at claimed_at created_at sent_at last_error "
    "attachments",
)
# Read by the addressee alone, in their own mailbox; no page of the product shows it (a development machine's
# mailbox page excepted).
declare("outbox.Letter", "to sealed", Confidence.SHARED)
