"""The pages as a Django app; it has no models."""

import logging

from django.apps import AppConfig

LOGGERS = ("django.request", "django.security.csrf")  # those that write a request's address; a filter is not inherited


class WebConfig(AppConfig):
    """Pages, their templates and their styles."""

    name = "enthesis.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Keep what patients wrote, and the tokens of their links, out of the log."""
        from enthesis.web.logs import WithoutSecrets

        for name in LOGGERS:
            logging.getLogger(name).addFilter(WithoutSecrets())
