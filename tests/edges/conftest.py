"""The same two clinics as in the stories of the clinic."""

from tests.clinic.conftest import harbour, hillside

__all__ = ["harbour", "hillside"]
