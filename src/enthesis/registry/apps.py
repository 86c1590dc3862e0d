"""The registry as a Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The only app with models."""

    name = "enthesis.registry"
    label = "registry"
    verbose_name = "Registry"
