"""Sealing texts, erasing them, and letting people in and out of compartments."""

from .compartments import admit, destroy, part, settle
from .erasing import erase_text, erase_version
from .texts import reseal, seal

__all__ = ["admit", "destroy", "erase_text", "erase_version", "part", "reseal", "seal", "settle"]
