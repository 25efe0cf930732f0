from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property


def _keep_address(user: User) -> None:
    """The address as allauth keeps it, unproved until a code sent to it comes back."""
    from allauth.account.models import EmailAddress  # its models lean on these

    EmailAddress.objects.create(user=user, email=user.email.lower(), primary=True)


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        _keep_address(user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who may sign in, known by an e-mail address."""

    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    is_staff = models.BooleanField("entre à l’administration", default=False)
    is_active = models.BooleanField("compte ouvert", default=True)
    is_example = models.BooleanField("personne d’exemple", default=False)
    date_joined = models.DateTimeField("inscription", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "personne"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    # False when the backend saw, for this request, that the person takes nobody's place today or later.
    stands_in: bool | None = None

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def places_taken(self) -> dict[date, list[Any]]:
        """{day: mandates of colleagues whose place the person of a request takes}, as `rules` found them."""
        return {}

    @cached_property
    def signature(self) -> str:
        """How the journal names what this person does: also in whose place, when they stand in for somebody today."""
        if not self.stands_in:
            return str(self)
        today = timezone.localdate()
        held = self.delegations_held.filter(start_date__lte=today, end_date__gte=today, giver__is_active=True)
        givers = [str(one.giver) for one in held.select_related("giver").order_by("pk")]
        return f"{self}, qui remplace {' et '.join(givers)}" if givers else str(self)

    @cached_property
    def has_second_factor(self) -> bool:
        """An application of codes or a key; recovery codes alone are none."""
        from allauth.mfa.models import Authenticator  # its models lean on this one

        return bool(Authenticator.objects.filter(user=self).exclude(type="recovery_codes").exists())

    @property
    def initials(self) -> str:
        """« RB »; what is no letter is left out, so "" for somebody without a name."""
        return "".join(word[0].upper() for word in (self.first_name, self.last_name) if word[:1].isalpha())

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email
