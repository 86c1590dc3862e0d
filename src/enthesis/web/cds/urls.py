"""The addresses the CDS Hooks specification fixes."""

from django.urls import path

from enthesis.web.cds import views

app_name = "cds"
urlpatterns = [
    path("cds-services", views.discover, name="discovery"),
    path("cds-services/<slug:service>", views.call, name="call"),
    path("cds-services/<slug:service>/feedback", views.feedback, name="feedback"),
]
