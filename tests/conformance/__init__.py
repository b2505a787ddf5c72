"""Whether our documents are what they say: PDF/A-3a and PDF/UA-1, by a validator nobody here wrote. ``make conformance``."""
