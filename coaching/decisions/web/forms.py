"""Forms of a decision and of a suggestion. None has a field for who decides, or for the state of anything."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from coaching.kernel.forms import DateField, LongText, beside
from coaching.kernel.templatetags.dates import date
from coaching.sessions.models import CoachingSession

OWN = ("responsabilite-decisions", _("Responsibility for decisions"))
KEPT, SHARED = "decisions.Wording.text_ref:kept", "decisions.Wording.text_ref"
OUTCOMES = [("fulfil", _("I carried it through")), ("drop", _("I let it go"))]


def called(session: CoachingSession) -> str:
    """A session as a list of choices names it."""
    start = session.local_start
    return f"{date(start, 'j F Y')}, {time_format(start, 'TIME_FORMAT')} · {session.get_kind_display()}"


class _OfSession(forms.Form):
    """A text that may come from one of the sessions offered."""

    def offer(self, sessions: Iterable[CoachingSession]) -> None:
        self._sessions = {session.ref: session for session in sessions}
        choices = [(ref, called(session)) for ref, session in self._sessions.items()]
        if choices:
            self.fields["session"].choices = [("", _("None in particular")), *choices]
        else:
            del self.fields["session"]

    def chosen_session(self) -> CoachingSession | None:
        return self._sessions.get(self.cleaned_data.get("session", ""))


class WordingForm(_OfSession):
    """What was decided, and when."""

    text = LongText(label=_("What I decide, in my own words"), rows=6)
    taken_on = DateField(label=_("Decided on"))
    session = forms.ChoiceField(label=_("In which session"), required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, sessions=(), shared=False, **options):
        super().__init__(*args, **options)
        self.offer(sessions)
        beside(self.fields["text"], audience=SHARED if shared else KEPT, article=OWN)


class DecisionForm(WordingForm):
    """A new one; with the day to look at it again."""

    look_on = DateField(label=_("To look at again on"), required=False)
    remind = forms.BooleanField(label=_("Write to me on that day"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["based_on"]
        self.fields["taken_on"].initial = timezone.localdate
        self.fields["remind"].help_text = _("One letter, which says nothing of the decision.")

    def said(self) -> dict:
        names = ("taken_on", "look_on", "remind")
        return {**{name: self.cleaned_data[name] for name in names}, "session": self.chosen_session()}


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How it ended"), choices=OUTCOMES, widget=forms.RadioSelect)
    words = LongText(label=_("What I want to remember of it"), rows=4, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, shared=False, **options):
        super().__init__(*args, **options)
        path = "decisions.Wording.closing_ref"
        beside(self.fields["words"], audience=path if shared else f"{path}:kept")


class BasedOnForm(forms.Form):
    """An act on the decision as it was shown, and no other."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class ReminderForm(forms.Form):
    look_on = DateField(label=_("To look at again on"), required=False, help_text=_("Empty: no day is set."))
    remind = forms.BooleanField(
        label=_("Write to me on that day"),
        required=False,
        help_text=_("One letter, which says nothing of the decision."),
    )


class DeclineForm(forms.Form):
    reason = LongText(label=_("Why, if you want to say it"), rows=4, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        beside(self.fields["reason"], audience="decisions.Suggestion.reason_ref")


class SuggestionForm(_OfSession):
    seat = forms.ChoiceField(label=_("To whom"))
    text = LongText(label=_("What you suggest"), rows=5)
    session = forms.ChoiceField(label=_("About which session"), required=False)

    def __init__(self, *args, seats=(), sessions=(), **options):
        super().__init__(*args, **options)
        self.offer(sessions)
        self._seats = {seat.ref: seat for seat in seats}
        self.fields["seat"].choices = [(seat.ref, seat.person.name) for seat in seats]
        if len(self._seats) == 1:
            self.fields["seat"].initial = next(iter(self._seats))
            self.fields["seat"].widget = forms.HiddenInput()
        beside(self.fields["text"], audience="decisions.Suggestion.sealed_ref", article=OWN)

    def chosen_seat(self):
        return self._seats[self.cleaned_data["seat"]]
