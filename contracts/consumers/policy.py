"""Who may read what of a consumer's rights: the consumer and their coach."""

from coaching.kernel.registry import Confidence, Reader, declare, plumbing

BOTH = (Reader.COACH, Reader.COACHEE)

plumbing("contracts.Information", "id ref version document wording created_at")
declare("contracts.Information", "text", Confidence.SHARED, *BOTH)
plumbing("contracts.InformationReceipt", "id ref information seat access account_ref received_at")
declare("contracts.InformationReceipt", "statement", Confidence.SHARED, *BOTH)
plumbing("contracts.EarlyStart", "id ref version seat access account_ref requested_at")
declare("contracts.EarlyStart", "statement", Confidence.SHARED, *BOTH)
plumbing("contracts.Withdrawal", "id ref contract seat access account_ref withdrawn_at document")
declare("contracts.Withdrawal", "name email statement", Confidence.SHARED, *BOTH)
