"""Accounts, practices, and who belongs to which."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import FEWEST, MOST, MOST_DEVELOPMENT, InvitationPurpose, Theme, VatRegime


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(email=username.lower())


class User(AbstractBaseUser):
    """A human being with one address. What they may do is said by memberships and seats, never here."""

    ref = RefField(prefix="U")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="fr")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_one_per_address")]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name


class Practice(ScopedModel):
    """A coaching practice, alone or of several: the tenant to which all data belongs."""

    ref = RefField(prefix="P")
    name = models.CharField(max_length=120)
    legal_form = models.CharField(max_length=80, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    vat_number = models.CharField(max_length=16, blank=True)
    address = models.TextField(max_length=400, blank=True)
    city = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    insurance = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="fr")
    vat_regime = models.CharField(max_length=10, choices=VatRegime, default=VatRegime.EXEMPT)
    vat_rate = models.DecimalField(max_digits=4, decimal_places=2, default=20)
    recourse_name = models.CharField(max_length=120, blank=True)
    recourse_contact = models.CharField(max_length=200, blank=True)
    mediator_name = models.CharField(max_length=120, blank=True)
    mediator_contact = models.CharField(max_length=200, blank=True)
    # Of how many people a total speaks at the least (decision 0026).
    smallest_group = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)]
    )
    # How many hours a year a coach gives to their own development, at the least (article 2).
    development_hours = models.PositiveSmallIntegerField(
        default=16, validators=[MaxValueValidator(MOST_DEVELOPMENT)]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="practice_vat", condition=models.Q(vat_regime__in=VatRegime.values)),
            models.CheckConstraint(
                name="practice_smallest_group", condition=models.Q(smallest_group__gte=FEWEST)
            ),
        ]

    def __str__(self):
        return self.name


class Membership(ScopedModel):
    """A member of the practice: coach, administrator or both. A solo coach is both."""

    ref = RefField(prefix="MB")
    practice = models.ForeignKey(Practice, models.RESTRICT, related_name="+")
    user = models.ForeignKey(User, models.RESTRICT, related_name="+")
    is_coach = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "user"], name="membership_once"),
            models.CheckConstraint(
                name="membership_has_a_role",
                condition=models.Q(is_coach=True) | models.Q(is_administrator=True),
            ),
        ]


class Invitation(ScopedModel):
    """A single-use link. Only the hash of its token is kept; the token lives in one e-mail."""

    ref = RefField(prefix="I")
    practice = models.ForeignKey(Practice, models.RESTRICT, related_name="+")
    purpose = models.CharField(max_length=12, choices=InvitationPurpose)
    target_ref = models.CharField(max_length=16, blank=True)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="fr")
    as_coach = models.BooleanField(default=False)
    as_administrator = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, models.RESTRICT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="invitation_purpose", condition=models.Q(purpose__in=InvitationPurpose.values)
            ),
        ]


class KeptForm(models.Model):
    """A long form as its author left it, sealed (see :mod:`coaching.accounts.drafts`). Theirs alone, seven days at most."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=250)  # its address, and the name of the form where there are several
    handed_over = models.BooleanField(default=False)  # sent after the session had expired
    browser = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page", "handed_over"], name="kept_form_once")]
        indexes = [models.Index(fields=["saved_at"], name="kept_form_age")]

    def __str__(self):
        return self.page
