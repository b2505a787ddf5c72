from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "coaching.calendar"
