"""References: what people read, say on the phone and put in an address. Never a row number."""

import secrets

from django.db import models

# Crockford's alphabet without the letters that are read as digits or make words.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"
LENGTH = 10  # 26^10 is about 2^47: not to be guessed, and a guess would meet the same 404 as a miss.


def new_ref(prefix: str) -> str:
    """A fresh random reference such as ``M-7K3FQ9XW2D``."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


class RefField(models.CharField):
    """A unique random reference, set once when the row is made."""

    def __init__(self, prefix: str, **options):
        self.prefix = prefix
        options.update(max_length=LENGTH + 4, unique=True, editable=False)
        super().__init__(**options)

    def get_default(self):
        return new_ref(self.prefix)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        for preset in ("max_length", "unique", "editable"):
            options.pop(preset, None)
        options["prefix"] = self.prefix
        return name, path, args, options
