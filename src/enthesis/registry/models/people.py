"""Who works where: users, clinics and the roles that join them."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models


class Clinic(models.Model):
    """A place that treats people. Every record belongs to exactly one."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    simulated = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user with this address; without a password nobody can sign in as them."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A member of staff. There is no super-user page and no account outside a clinic."""

    username = None  # type: ignore[assignment]  # people sign in by e-mail address
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]  # noqa: RUF012 -- Django reads it as a class attribute
    objects = Users()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.TextChoices):
    """What somebody may do in a clinic; the table of permissions is in clinic/permissions.py."""

    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"
    DIRECTOR = "director"
    ANALYST = "analyst"  # sees everybody together and no single record


class Membership(models.Model):
    """A user's role in a clinic; one person may have several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "clinic", "role"], name="one_role_once")]  # noqa: RUF012

    def __str__(self) -> str:
        return f"{self.user} as {self.role} at {self.clinic}"
