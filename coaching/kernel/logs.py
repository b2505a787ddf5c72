"""What the log may say: a failure and where it happened; never an address, which holds references, nor a word."""

import logging
import traceback


class Failures(logging.Filter):
    """Lets through what has failed in a request, without its address and without the words of its exception.

    The engine quotes the values it refuses, so that an exception's own message may be a person's text.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR:
            return False
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        kind, trace = (record.exc_info[0].__name__, record.exc_info[2]) if record.exc_info else ("", None)
        record.msg, record.args = "%s failed: %s", (match.view_name if match else "a page", kind)
        record.exc_info = None
        record.exc_text = "".join(traceback.format_tb(trace)) or None
        return True
