"""One address: a link and its form."""

from django.urls import path

from enthesis.web.private import views

app_name = "private"
urlpatterns = [path("<str:token>/", views.form, name="form")]
