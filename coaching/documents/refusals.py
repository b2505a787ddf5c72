"""Why a file is not kept: a code, said in words by :mod:`.files`. Knows nothing of Django: the cleaner imports it too."""


class Refused(Exception):
    """``code`` is a key of :data:`coaching.documents.files.WORDS`."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
