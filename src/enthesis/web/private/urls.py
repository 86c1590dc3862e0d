"""A link and its form; the sheet of a visit has a calendar file as well."""

from django.urls import path

from enthesis.web.private import preparation, stopping, views

app_name = "private"
urlpatterns = [
    path("<str:token>/", views.form, name="form"),
    path("<str:token>/stop/", stopping.stop, name="stop"),
    path("<str:token>/visit.ics", preparation.calendar, name="calendar"),
]
