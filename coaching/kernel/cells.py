"""Words in a table that a spreadsheet opens: shown as they are, never computed."""

# What makes a program compute a cell instead of showing it; some read full-width signs like the others.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text with a mark before it where a program would compute it, whatever blanks it begins with."""
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
