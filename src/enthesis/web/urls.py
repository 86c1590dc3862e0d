"""Every address. Staff pages ask who is signed in; patients' links live under p/ and nowhere else.

`walk` (web/walk/urls.py, app_name "walk") has each step of a course; `private` (web/private/urls.py, app_name
"private") has the patients' own forms.
"""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from enthesis.web import accounts
from enthesis.web.evidence import further as further_evidence
from enthesis.web.evidence import own as own_evidence
from enthesis.web.evidence import views as evidence
from enthesis.web.expect import judging
from enthesis.web.expect import views as expecting
from enthesis.web.outcomes import views as outcomes
from enthesis.web.views import (
    audit,
    calls,
    choosing,
    emergencies,
    knowledge,
    lots,
    messaging,
    own,
    patients,
    prices,
    protocols,
    questionnaires,
    reaching,
    reading_in,
    support,
    targets,
    washouts,
    worklist,
)
from enthesis.web.walk import entering, harming, on_paper

handler400 = "enthesis.web.errors.bad_request"
handler403 = "enthesis.web.errors.forbidden"
handler404 = "enthesis.web.errors.missing"
handler500 = "enthesis.web.errors.broken"

sign_in = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    # allauth looks these up by name; Enthesis does not offer them.
    path("signup/", accounts.not_offered, name="account_signup"),
    path("email/", accounts.not_offered, name="account_email"),
    path("email/sent/", accounts.not_offered, name="account_email_verification_sent"),
    path("password/reset/", accounts.not_offered, name="account_reset_password"),
    path("password/set/", accounts.not_offered, name="account_set_password"),
]

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("alerts/<uuid:alert>/sign/", worklist.sign, name="alert-sign"),
    path("moods/<uuid:mood>/sign/", worklist.sign_moods, name="mood-sign"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<uuid:due>/", calls.note_call, name="call-note"),
    path("messages/", messaging.message_settings, name="message-settings"),
    path("washouts/", washouts.washouts, name="washouts"),
    path("patients/", patients.patient_list, name="patients"),
    path("patients/new/", reading_in.new_patient, name="patient-new"),
    path("patients/import/", reading_in.import_bundle, name="patient-import"),
    path("patients/<uuid:patient>/", patients.patient, name="patient"),
    path("patients/<uuid:patient>/reach/", reaching.reach, name="reach"),
    path("courses/<uuid:course>/curve/<slug:instrument>.svg", patients.curve, name="curve"),
    path("courses/<uuid:course>/enter/<slug:wave>/", entering.enter, name="survey-enter"),
    path("courses/<uuid:course>/paper/<slug:wave>/", on_paper.paper, name="survey-paper"),
    path("paper/", on_paper.by_code, name="paper-code"),
    path("lots/", lots.lots, name="lots"),
    path("lots/recall/", lots.recall, name="recall"),
    path("lots/<uuid:vial>/off/", lots.off, name="vial-off"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("adverse-events/", harming.events, name="adverse-events"),
    path("adverse-events/<uuid:event>/", harming.event, name="adverse-event"),
    path("knowledge/", knowledge.kinds, name="knowledge"),
    path("knowledge/sessions/", protocols.protocols, name="protocols"),
    path("knowledge/targets/", targets.catalogue, name="targets"),
    path("knowledge/adopt/", knowledge.adopt_all, name="adopt-all"),
    path("knowledge/<slug:kind>/<slug:entry>/", knowledge.entry, name="entry"),
    path("knowledge/<slug:kind>/<slug:entry>/choose/", choosing.choose, name="choose"),
    path("knowledge/<slug:kind>/<slug:entry>/adopt/", knowledge.adopt, name="adopt"),
    path("evidence/", evidence.reviews, name="evidence"),
    path("evidence/<slug:review>/", evidence.answer, name="evidence-review"),
    path("evidence/<slug:review>/figure/<slug:figure_name>/<slug:kind>/", evidence.picture, name="evidence-figure"),
    path("evidence/<slug:review>/further/", further_evidence.further, name="evidence-further"),
    path("evidence/<slug:review>/further/looks/<slug:kind>/", further_evidence.looks, name="evidence-looks"),
    path("evidence/<slug:review>/report/", evidence.report, name="evidence-report"),
    path("evidence/<slug:review>/add/", own_evidence.add, name="evidence-add"),
    path("evidence/<slug:review>/changes/", own_evidence.changes, name="evidence-changes"),
    path("evidence/<slug:review>/certainty/", own_evidence.certainty, name="evidence-certainty"),
    path("expect/", expecting.ask, name="expect"),
    path("expect/judge/", judging.judge, name="expect-judge"),
    path("expect/claims/", expecting.claims, name="claims"),
    path("expect/decision-aid/<slug:condition>/", expecting.aid, name="expect-aid"),
    path("outcomes/", outcomes.page, name="outcomes"),
    path("outcomes/take/", outcomes.take, name="outcomes-take"),
    path("outcomes/file/", outcomes.file, name="outcomes-file"),
    path("outcomes/publish/", outcomes.publish, name="outcomes-publish"),
    path("outcomes/of/<slug:slug>/", outcomes.public, name="outcomes-public"),
    path("audit/", audit.events, name="audit"),
    path("audit/verify/", audit.verify, name="audit-verify"),
    path("decision-support/", support.support, name="support"),
    path("prices/", prices.prices, name="prices"),
    path("questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("questionnaires/<slug:instrument>/", questionnaires.wording, name="wording"),
    path("account/", own.account, name="account"),
    path("account/", include(sign_in)),
    path("mixing/", include("enthesis.web.mixing.urls")),
    path("", include("enthesis.web.walk.urls")),
    path("p/", include("enthesis.web.private.urls")),
    path("", include("enthesis.web.cds.urls")),
    path("alive/", own.alive, name="alive"),
    path("favicon.ico", RedirectView.as_view(url="/static/enthesis.svg"), name="favicon"),
]
