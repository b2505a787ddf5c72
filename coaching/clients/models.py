"""People and organisations a coach works with. A person may exist long before they have an account."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class Organisation(ScopedModel):
    """A client organisation, kept by one coach: colleagues do not see each other's clients."""

    ref = RefField(prefix="O")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=160)
    legal_form = models.CharField(max_length=80, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    vat_number = models.CharField(max_length=16, blank=True)
    address = models.TextField(max_length=400, blank=True)
    represented_by = models.CharField(max_length=160, blank=True)
    representative_role = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["name"]

    def __str__(self):
        return self.name


class ContextSheet(ScopedModel):
    """What a coach must know of an organisation before working in it (article Protection des organisations)."""

    organisation = models.ForeignKey(Organisation, models.RESTRICT, related_name="+", unique=True)
    trade = models.TextField(max_length=4000, blank=True)
    usages = models.TextField(max_length=4000, blank=True)
    culture = models.TextField(max_length=4000, blank=True)
    context = models.TextField(max_length=4000, blank=True)
    constraints = models.TextField(max_length=4000, blank=True)
    no_interference = models.TextField(max_length=4000, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        pass

    @property
    def filled(self) -> bool:
        """Every heading says something, be it "nothing particular"."""
        texts = (self.trade, self.usages, self.culture, self.context, self.constraints, self.no_interference)
        return all(text.strip() for text in texts)


class Person(ScopedModel):
    """Somebody a coach works with: coachee, sponsor, manager. Linked to an account once they take their seat."""

    ref = RefField(prefix="H")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    address = models.TextField(max_length=400, blank=True)
    registration = models.CharField(max_length=14, blank=True)
    language = models.CharField(max_length=5, default="fr")
    organisation = models.ForeignKey(Organisation, models.RESTRICT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "keeper", "email"],
                name="person_once_per_coach",
                violation_error_message="You already have a person with this address.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def reached_at(self) -> tuple[str, str]:
        """Address and language of the letters to this person: those of their account, once they have one."""
        if self.user_id:
            return self.user.email, self.user.language
        return self.email, self.language
