from coaching.kernel.registry import Confidence, Reader, declare, plumbing

plumbing("vault.Compartment", "id ref practice_ref mission_ref audience about founder sealed_key created_at")
plumbing("vault.Member", "id compartment user")
plumbing("vault.SealedText", "id ref compartment place row author created_at")
# Who reads a sealed text is said by its compartment; the widest audience of this room is coach and coachee.
declare("vault.SealedText", "ciphertext", Confidence.SECRET, Reader.COACH, Reader.COACHEE)
