"""Sealing texts, erasing them, and letting people in and out of compartments."""

from .compartments import admit, destroy, destroy_of_mission, part, settle
from .erasing import erase_text, erase_version, forget_pair
from .texts import reseal, seal

__all__ = [
    "admit",
    "destroy",
    "destroy_of_mission",
    "erase_text",
    "erase_version",
    "forget_pair",
    "part",
    "reseal",
    "seal",
    "settle",
]
