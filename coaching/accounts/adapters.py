"""How the sign-in library behaves in this house."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from coaching.kernel import crypto

from . import passwords

PURPOSE = "second-factor"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation or on the first-run page; nobody signs up by themselves."""

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """A right password, at the sign-in or asked for once more, also opens what is kept under it."""
        user = super().authenticate(request, **credentials)
        if user is not None and user.is_active and credentials.get("password"):
            passwords.proved(user, credentials["password"])
        return user


class MFAAdapter(DefaultMFAAdapter):
    """Seeds of second factors are sealed: a stolen database gives no codes."""

    def encrypt(self, text: str) -> str:
        sealed = crypto.encrypt(text.encode(), purpose=PURPOSE, bound_to=b"mfa")
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return crypto.decrypt(sealed, purpose=PURPOSE, bound_to=b"mfa").decode()
