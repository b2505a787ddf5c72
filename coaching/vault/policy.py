from coaching.kernel.registry import Confidence, Reader, declare, plumbing

# Keys are nobody's reading: they are used by the product for their owner alone, and shown to nobody in any form.
plumbing("vault.KeyPair", "id user generation by_password by_code new_code")
plumbing("vault.KeyPair", "code_confirmed_at password_opens created_at")
plumbing("vault.PublicKey", "id user generation key mark")
plumbing("vault.Compartment", "id ref practice_ref mission_ref audience about founder sealed_key created_at")
plumbing("vault.Compartment", "first generation renew destroyed_at")
plumbing("vault.Member", "id compartment user")
plumbing("vault.Recipient", "id compartment user waiting")
plumbing("vault.SealedKey", "id compartment generation user pair sealed")
plumbing("vault.SealedText", "id ref compartment generation place row number author created_at")
# Who reads a sealed text is said by its compartment; each kind is declared where its reference is kept.
declare("vault.SealedText", "ciphertext", Confidence.SECRET, Reader.COACH, Reader.COACHEE, Reader.RECOURSE)
