"""The coachee pays as a consumer: what they are told before, what they may ask for, how they withdraw.

All of it stands on two facts of the terms: ``is_consumer`` and ``at_distance`` (at a distance, or off premises). Where an
organisation or a professional pays, nothing here exists. Articles L. 111-1, L. 221-5 and L. 221-18 to L. 221-28 of the
French Consumer Code; article 11a of directive 2011/83/EU for the withdrawal function.
"""
