"""Dates in French as they are printed: the day stays with its month, and "à" with the hour."""

DATE_FORMAT = "j\u00a0F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j\u00a0F Y \\à\u00a0H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
