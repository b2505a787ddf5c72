"""Measures, printed as ratios taken in one run: ours against a floor and against a peer. Never a test."""
