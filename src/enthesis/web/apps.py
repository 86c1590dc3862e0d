"""The pages as a Django app; it has no models."""

import logging

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, their templates and their styles."""

    name = "enthesis.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Keep what patients wrote, and the tokens of their links, out of the log."""
        from enthesis.web.logs import WithoutSecrets

        logging.getLogger("django.request").addFilter(WithoutSecrets())
