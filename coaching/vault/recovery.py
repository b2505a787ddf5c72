"""The recovery code: 135 random bits in Crockford's base 32, in groups of four, with a check sign at its end.

Made to be printed and typed back: no letter that looks like a figure, and a slip of the pen is told from a wrong code.
"""

import secrets

from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Invalid

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = SIGNS + "*~$=U"
LENGTH, GROUP = 27, 4
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "–": "", "\u00a0": "", "\u202f": ""})


def new_code() -> str:
    """A fresh code, as it is printed."""
    body = "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
    return in_groups(body + _check(body))


def in_groups(code: str) -> str:
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code as it is used, from however it was typed; :class:`Invalid` when it cannot be one of ours."""
    code = typed.upper().translate(READ_AS)
    body, check = code[:LENGTH], code[LENGTH:]
    if len(code) != LENGTH + 1 or not set(body) <= set(SIGNS) or check != _check(body):
        raise Invalid(
            _(
                "This is not a complete recovery code: look at each sign again, from the first group to the last."
            ),
            field="code",
        )
    return code


def _check(body: str) -> str:
    value = 0
    for sign in body:
        value = value * 32 + SIGNS.index(sign)
    return CHECKS[value % 37]
