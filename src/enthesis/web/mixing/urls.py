"""The addresses of the mixing pages."""

from django.urls import path

from enthesis.web.mixing import views

app_name = "mixing"

urlpatterns = [
    path("", views.calculate, name="calculate"),
    path("drawn/", views.identify, name="drawn"),
    path("labels/", views.labels, name="labels"),
]
