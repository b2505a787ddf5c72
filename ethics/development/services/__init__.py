"""Keeping one's competence: qualifications, activities, what proves them, and the sheet shown to clients."""

from .qualifications import remove_qualification, save_qualification

__all__ = ["remove_qualification", "save_qualification"]
