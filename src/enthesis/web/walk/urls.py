"""The addresses of the walk. Only ids stand in them, never a name."""

from django.urls import path

from enthesis.web.walk import (
    aiming,
    caring,
    consenting,
    correcting,
    deciding,
    estimating,
    harming,
    informing,
    linking,
    mixing,
    opening,
    planning,
    preparing,
    reporting,
    screening,
    session_page,
    switching,
    targeting,
    treating,
    working_up,
)

app_name = "walk"
COURSE = "courses/<uuid:course>/"
SESSION = COURSE + "sessions/<uuid:session>/"

urlpatterns = [
    path("patients/<uuid:patient>/open/", opening.open_, name="open"),
    path(COURSE, opening.show, name="course"),
    path(COURSE + "targets/", targeting.targets, name="targets"),
    path(COURSE + "screen/", screening.ask, name="screen"),
    path(COURSE + "screening/", screening.show, name="screening"),
    path(COURSE + "plan/", planning.plan, name="plan"),
    path(COURSE + "plan.ics", planning.calendar, name="calendar"),
    path(COURSE + "preparation/", preparing.preparation, name="preparation"),
    path(COURSE + "aftercare/", caring.aftercare, name="aftercare"),
    path(COURSE + "recipe/", mixing.recipe, name="recipe"),
    path(COURSE + "assess/", treating.assess, name="assess"),
    path(COURSE + "consent/", consenting.consent, name="consent"),
    path(COURSE + "consent/withdraw/", consenting.withdraw, name="withdraw"),
    path(COURSE + "adverse-event/", harming.report, name="harm"),
    path(SESSION, session_page.show, name="session"),
    path(SESSION + "sign/", session_page.sign, name="sign"),
    path(SESSION + "note/", session_page.note, name="note"),
    path(SESSION + "fhir/", session_page.fhir, name="fhir"),
    path(SESSION + "time-out/", treating.time_out, name="time-out"),
    path(SESSION + "anaesthetise/", treating.anaesthetise, name="anaesthetise"),
    path(SESSION + "inject/", treating.inject, name="inject"),
    path(SESSION + "observe/", treating.observe, name="observe"),
    path(SESSION + "diary/", reporting.diary, name="diary"),
    path(COURSE + "survey/", reporting.choose, name="surveys"),
    path(COURSE + "survey/<slug:wave>/<slug:instrument>/", reporting.survey, name="survey"),
    path(COURSE + "estimates/", estimating.estimates, name="estimates"),
    path(COURSE + "estimates/<int:number>/", estimating.estimate, name="estimate"),
    path(COURSE + "decide/", deciding.decide, name="decide"),
    path(COURSE + "switch/", switching.switch, name="switch"),
    path(COURSE + "goal/", aiming.goal, name="goal"),
    path(COURSE + "work-up/", working_up.workup, name="workup"),
    path(COURSE + "work-up/<slug:finding>/", working_up.record, name="workup-record"),
    path(COURSE + "decision-aid/", informing.aid, name="aid"),
    path(COURSE + "links/", linking.links, name="links"),
    path(COURSE + "correct/<slug:kind>/<uuid:record>/", correcting.correct, name="correct"),
]
