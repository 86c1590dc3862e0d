"""The sign-ins of the simulated demo; outside demo mode none of them exists."""

from dataclasses import dataclass

from enthesis.registry.models import Membership

DEMO_PASSWORD = "simulated clinic only"  # noqa: S105 -- printed on the demo's own sign-in page
DEMO_DOMAIN = "example"


@dataclass(frozen=True)
class SignIn:
    """A line of the sign-in page in demo mode."""

    email: str
    name: str
    role: str
    clinic: str


def demo_sign_ins() -> tuple[SignIn, ...]:
    """Who can sign in to the demo. Empty outside it."""
    rows = Membership.objects.filter(clinic__simulated=True, user__email__endswith=f".{DEMO_DOMAIN}").select_related(
        "user", "clinic"
    )
    return tuple(
        SignIn(m.user.email, m.user.name, m.role, m.clinic.name) for m in rows.order_by("clinic__name", "role")
    )
