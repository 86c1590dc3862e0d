"""Accounts of staff: made by whoever runs the machine, never by themselves."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.registry.models import Clinic, Membership, Role, User


@act
def add_staff(*, by: Actor, clinic: int, email: str, name: str, role: str, password: str) -> None:
    """Make an account with a role in a clinic. Raises BadInput for a role, address or password that cannot be used."""
    by.check(May.STAFF, clinic)
    check_role(role)
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise BadInput(
            f"{'email' if 'email' in str(error.messages).lower() else 'password'}: {' '.join(error.messages)}"
        ) from error
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email, password, name=name)
    Membership.objects.get_or_create(user=user, clinic_id=clinic, role=role)
    leave_trace(by, "added staff", clinic=Clinic.objects.get(pk=clinic), about=user.email, after={"role": role})


def check_role(role: str) -> None:
    """Raises BadInput naming the roles there are."""
    if role not in Role.values:
        raise BadInput(f"role: {role!r} is not a role; there are: {', '.join(Role.values)}")
