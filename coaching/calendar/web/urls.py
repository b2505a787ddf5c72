from django.urls import path

from . import coach, coachee, own

public_urls = [
    path("calendar/", own.mine, name="my_calendar"),
    path("calendar/link/", own.link, name="calendar_link"),
    path("calendar/revoke/", own.revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", own.feed, name="calendar_feed"),
]
coach_urls = [
    path("calendar/", coach.calendar, name="coach_calendar"),
    path("calendar/opening/", coach.opening, name="coach_opening"),
    path("calendar/opening/new/", coach.opening_new, name="coach_opening_new"),
    path("calendar/opening/<str:ref>/", coach.opening_edit, name="coach_opening_edit"),
    path("calendar/opening/<str:ref>/remove/", coach.opening_remove, name="coach_opening_remove"),
    path("calendar/closed/new/", coach.closed_new, name="coach_closed_new"),
    path("calendar/closed/<str:ref>/remove/", coach.closed_remove, name="coach_closed_remove"),
    path("calendar/rules/", coach.rules, name="coach_booking_rules"),
]
coachee_urls: list = [
    path("missions/<str:ref>/book/", coachee.book, name="coachee_book"),
]
