"""How sure a number is, judged otherwise than the rules by a clinic's director: logged, shown, and undone by a new record."""

import json

import pytest
from django_scopes import scopes_disabled
from tests.edges.browsing import signed_in

from enthesis.clinic.aid import link_to_aid, private_aid
from enthesis.clinic.errors import NotAllowed, OutOfOrder
from enthesis.clinic.expecting import ask_expectation
from enthesis.clinic.extract import judge_certainty
from enthesis.clinic.judging import judge_expectation, read_judgments, take_judgment_back
from enthesis.evidence.certainty import Concern, Rating
from enthesis.evidence.review import Question
from enthesis.expectations import Ask, expectation_as_json, sentence
from enthesis.expectations.claims import benefit_sentence
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent, ExpectationJudgment

KNEE = Ask("knee-osteoarthritis", "dextrose-prolotherapy", "saline-injection", 7, 52)
HALF_A_YEAR = Ask("knee-osteoarthritis", "dextrose", "saline-injection", 6, 26)
FACET = Ask("lumbar-facet-pain", "dextrose-prolotherapy", "saline-injection", 6, 52)
WHY = "I read the whole paper; the assessors were blind"


def judged(house, ask=KNEE, domain="risk of bias", concern=0, because=WHY, by=None):
    given = {"ask": ask, "domain": domain, "concern": concern, "because": because}
    return judge_expectation(by=by or house.director, clinic=house.clinic.pk, **given)


def asked(house, ask=KNEE, by=None):
    return ask_expectation(by=by or house.clinician, ask=ask, clinic=house.clinic.pk)


def of_domain(found, domain):
    return next(one for one in found.graded.judged if one.domain == domain)


def test_a_director_judges_one_domain_and_the_rules_own_level_stays_beside_it(harbour):
    by_rule = of_domain(asked(harbour), "risk of bias").concern
    assert by_rule is Concern.MAJOR
    judged(harbour)
    one = of_domain(asked(harbour), "risk of bias")
    assert (one.concern, one.rule) == (Concern.NONE, Concern.MAJOR)
    assert (one.overridden.reason, one.overridden.by) == (WHY, harbour.director.name)
    assert one.overridden.at is not None


def test_it_is_one_audit_event_with_who_what_and_why(harbour):
    judged(harbour)
    with scopes_disabled():
        event = AuditEvent.objects.order_by("-pk").first()
    assert (event.verb, event.actor) == ("judged how sure an expectation is", harbour.director.name)
    assert event.after["because"] == WHY
    assert event.after["by_rule"] == 2


def test_json_says_who_when_and_why_and_what_the_rule_says(harbour):
    judged(harbour, concern=1)
    because = expectation_as_json(asked(harbour))["because"]
    one = next(line for line in because if line["domain"] == "risk of bias")["overridden"]
    assert one["rule"] == "major concerns"
    assert one["judged"] == "some concerns"
    assert (one["by"], one["reason"], one["outdated"]) == (harbour.director.name, WHY, False)
    assert one["at"].startswith("20")
    assert next(line for line in because if line["domain"] == "imprecision")["overridden"] is None


def test_it_holds_for_this_question_whatever_pain_one_starts_at_and_for_no_other(harbour, hillside):
    judged(harbour)

    def changed(house, **other):
        ask = Ask(
            **{"condition": KNEE.condition, "treatment": "dextrose", "versus": KNEE.versus, "baseline": 4, "weeks": 52}
            | other
        )
        return of_domain(asked(house, ask), "risk of bias").overridden is not None

    assert changed(harbour)
    assert changed(harbour, treatment="dextrose-prolotherapy", baseline=9)
    assert not changed(harbour, weeks=26)
    assert not changed(harbour, condition="lumbar-facet-pain")
    assert not changed(hillside)


def test_a_second_judgment_replaces_the_first_and_taking_it_back_lets_the_rule_stand(harbour):
    first = judged(harbour)
    second = judged(harbour, concern=1, because="half of the weight is one trial")
    assert second.corrects_id == first.pk
    take_judgment_back(
        by=harbour.director, clinic=harbour.clinic.pk, judgment=second.pk, because="the registry entry says otherwise"
    )
    assert of_domain(asked(harbour), "risk of bias").overridden is None
    past = read_judgments(by=harbour.clinician, clinic=harbour.clinic.pk, ask=KNEE)
    assert [(one.concern, one.stands) for one in past] == [(None, False), (Concern.SOME, False), (Concern.NONE, False)]
    with scopes_disabled():
        kept = ExpectationJudgment.objects.get(pk=first.pk)
    assert (kept.concern, kept.because) == (0, WHY)


def test_what_stands_no_more_cannot_be_taken_back(harbour, hillside):
    first, place = judged(harbour), {"by": harbour.director, "clinic": harbour.clinic.pk}
    with pytest.raises(BadInput, match="reason"):
        take_judgment_back(**place, judgment=first.pk, because=" ")
    gone = take_judgment_back(**place, judgment=first.pk, because="no")
    with pytest.raises(OutOfOrder):
        take_judgment_back(**place, judgment=first.pk, because="no")
    with pytest.raises(BadInput, match="one that stands"):
        take_judgment_back(**place, judgment=gone.pk, because="no")


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_others_may_not(harbour, role):
    with pytest.raises(NotAllowed, match="how sure"):
        judged(harbour, by=getattr(harbour, role))


def test_a_director_of_another_clinic_may_not(harbour, hillside):
    with pytest.raises(NotAllowed):
        judged(harbour, by=hillside.director)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"because": "  "}, "because"),
        ({"because": "x" * 1001}, "1000 letters"),
        ({"domain": "luck"}, "domain: one of risk of bias"),
        ({"concern": 3}, "concern"),
        ({"ask": Ask("knee-osteoarthritis", "hydrodissection-amniotic", "saline-injection", 6, 26)}, "no number"),
    ],
)
def test_what_cannot_be_kept_says_why_and_keeps_nothing(harbour, changed, said):
    with pytest.raises(BadInput, match=said):
        judged(harbour, **changed)
    with scopes_disabled():
        assert not ExpectationJudgment.objects.exists()


def test_a_rule_that_has_changed_since_is_heard_again_where_it_is_more_careful(harbour):
    with scopes_disabled():
        ExpectationJudgment.objects.filter(pk=judged(harbour).pk).update(rule_because="other trials")
    one = of_domain(asked(harbour), "risk of bias")
    assert one.outdated
    assert one.concern is Concern.MAJOR


def test_a_judgment_about_knees_on_the_evidence_pages_is_none_about_facet_joints(harbour):
    judge_certainty(
        by=harbour.clinician, clinic=harbour.clinic.pk, review="dextrose-prolotherapy", question=Question("pain"),
        treatment="dextrose", versus="saline-injection", domain="indirectness", concern=0, because="the same joint",
    )  # fmt: skip
    assert of_domain(asked(harbour), "indirectness").overridden is not None
    assert of_domain(asked(harbour, FACET), "indirectness").overridden is None


def test_no_judgment_of_a_clinic_opens_the_door_to_its_advertising(harbour):
    for domain in ("risk of bias", "inconsistency", "indirectness", "imprecision", "publication bias"):
        judged(harbour, domain=domain)
    found = asked(harbour)
    assert found.rating is Rating.HIGH
    assert found.graded.rating_by_rules is Rating.VERY_LOW
    assert sentence(found).endswith("Certainty: high. That is somebody's judgment; by the rules alone it is very low.")
    assert benefit_sentence(found) == ""


def test_the_patient_reads_who_judged_and_what_the_rules_say(harbour, client):
    course = harbour.course()
    for domain in ("risk of bias", "inconsistency", "imprecision", "publication bias"):
        judged(harbour, ask=HALF_A_YEAR, domain=domain)
    token = link_to_aid(by=harbour.coordinator, course=course).token
    picture = next(one for one in private_aid(token).page.pictures if one.option.body.node == "dextrose")
    assert (picture.rating_by_rules, picture.rating) == ("very low", "high")
    page = client.get(f"/p/{token}/").content.decode()
    assert "How sure this is was judged by director of harbour of this clinic" in page
    assert "By our rules alone:" in page
    assert "director@harbour.test" not in page


FORM = {
    "condition": "knee-osteoarthritis",
    "treatment": "dextrose-prolotherapy",
    "versus": "saline-injection",
    "baseline": "7",
    "weeks": "26",
}


def test_on_the_page_a_director_judges_and_takes_back_and_a_clinician_only_reads(harbour):
    director, clinician = signed_in("director"), signed_in("clinician")
    sent = FORM | {"clinic": str(harbour.clinic.pk), "domain": "imprecision", "concern": "0", "because": WHY}
    page = director.post("/expect/judge/", sent, follow=True).content.decode()
    assert "Your judgment stands" in page
    assert "the rule says some concerns" in page
    assert "By the rules alone" in page
    seen = clinician.get("/expect/", FORM).content.decode()
    assert WHY in seen
    assert "Judge otherwise" not in seen
    assert clinician.post("/expect/judge/", sent).status_code == 403
    [past] = read_judgments(
        by=harbour.clinician, clinic=harbour.clinic.pk, ask=Ask(**FORM | {"baseline": 7, "weeks": 26})
    )
    back = {name: value for name, value in sent.items() if name not in ("domain", "concern")} | {"back": str(past.id)}
    assert "The rule stands again." in director.post("/expect/judge/", back, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"because": ""}, "reason"), ({"concern": "9"}, "some or major"), ({"weeks": "1"}, "earlier results")],
)
def test_on_the_page_what_cannot_be_kept_is_said(harbour, changed, said):
    sent = FORM | {"clinic": str(harbour.clinic.pk), "domain": "imprecision", "concern": "0", "because": WHY} | changed
    page = signed_in("director").post("/expect/judge/", sent, follow=True).content.decode()
    assert "Nothing was kept." in page
    assert said in page


def test_the_command_line_shows_a_clinics_judgments(harbour, capsys, monkeypatch):
    from enthesis.cli import database
    from enthesis.cli.expecting import expect_one

    judged(harbour)
    monkeypatch.setattr(database, "set_up", lambda: None)  # the test has a database already
    expect_one(KNEE.condition, KNEE.treatment, KNEE.versus, 7, 52, clinic="harbour", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["because"][0]["overridden"]["by"] == harbour.director.name
    expect_one(KNEE.condition, KNEE.treatment, KNEE.versus, 7, 52, clinic="harbour")
    assert WHY in capsys.readouterr().out
    with pytest.raises(BadInput, match="either a clinic"):
        expect_one(KNEE.condition, KNEE.treatment, KNEE.versus, 7, 52, clinic="harbour", review="other")
