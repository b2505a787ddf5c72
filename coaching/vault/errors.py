"""What the vault refuses, apart from refusals a form can show."""


class Locked(Exception):
    """The person's key is not open in this session: their password, or their recovery code, is asked for.

    Not a refusal of the product's: no form catches it, and the act it stops is taken back whole. The middleware sends
    the person to the page that asks, and keeps what they had typed.
    """
