"""A browser in which somebody has signed in."""

from django.test import Client

from enthesis.registry.models import User


def signed_in(role: str, slug: str = "harbour", **options: object) -> Client:
    """A browser in which somebody of that role has signed in."""
    client = Client(raise_request_exception=False, **options)
    client.force_login(User.objects.get(email=f"{role}@{slug}.test"))
    return client
