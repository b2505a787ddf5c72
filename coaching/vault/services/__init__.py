"""Sealing texts, and letting people in and out of compartments."""

from .compartments import admit, destroy, part, settle
from .texts import reseal, seal

__all__ = ["admit", "destroy", "part", "reseal", "seal", "settle"]
