"""One simulated person's way through the clinic, act by act, each on its simulated day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django_scopes import scope

from enthesis.clinic import treat
from enthesis.clinic.acting import at_moment
from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.chart import import_chart
from enthesis.clinic.co_treatments import record_co_treatment
from enthesis.clinic.consent import give_consent, read_consent
from enthesis.clinic.courses import open_course
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.demo.answers import diary_answers, instrument_answers
from enthesis.clinic.demo.besides import others
from enthesis.clinic.demo.pain import PainYear, pain_year
from enthesis.clinic.demo.people import Invented
from enthesis.clinic.diary import record_diary
from enthesis.clinic.library import library
from enthesis.clinic.mood import open_mood_ids, sign_mood
from enthesis.clinic.permissions import Actor
from enthesis.clinic.plan import plan_course
from enthesis.clinic.recipe import make_recipe
from enthesis.clinic.screen import decide_screening, screen_course
from enthesis.clinic.signing import sign_session
from enthesis.clinic.survey import record_survey
from enthesis.clinic.time_out import time_out
from enthesis.knowledge import Site, parse_site
from enthesis.pathway import Plan, protocols_for
from enthesis.recovery import Urgency
from enthesis.screening import Action, clear_answers

TREATMENT = "dextrose-prolotherapy"
COMPLAINTS = (
    ("lumbar-facet-pain", "lumbar-facet:L4/5:right", 3),
    ("cervical-facet-pain", "cervical-facet:C5/6:left", 2),
    ("sacroiliac-pain", "sacroiliac:left", 2),
    ("knee-osteoarthritis", "knee:right", 4),
    ("lateral-epicondylosis", "lateral-epicondyle:right", 2),
)
ALARM_CHANCE = 0.004  # a day; a few alerts among thousands of diary days
STOPS_EARLY = 0.25


@dataclass(frozen=True)
class Arrival:
    """When somebody comes: enrolled, first visit, and whether the first diary day holds an alarm."""

    enrolled: date
    visit: date
    alarmed: bool = False


@dataclass
class Walk:
    """Where a simulated person stands: who acts for them, on which day, with which dice."""

    clinician: Actor
    coordinator: Actor
    patient: Actor
    today: date
    dice: Random
    pain: PainYear
    site: Site
    course: UUID
    alarmed: bool = False
    first: date | None = None

    @contextmanager
    def on(self, day: date, hour: int = 10) -> Iterator[None]:
        """Record as on a simulated day."""
        with at_moment(datetime.combine(day, time(hour, self.dice.randint(0, 59)), tzinfo=UTC)):
            yield


def walk(
    invented: Invented,
    *,
    clinician: Actor,
    coordinator: Actor,
    clinic: int,
    arrival: Arrival,
    today: date,
    dice: Random,
) -> None:
    """Enrol, screen, plan, treat, follow up, as far as the simulated today allows; today's own sessions are left to do."""
    condition, where, _ = dice.choices(COMPLAINTS, weights=[weight for *_, weight in COMPLAINTS])[0]
    with at_moment(datetime.combine(arrival.enrolled, time(9), tzinfo=UTC)):
        course = _enrolled(invented, coordinator, clinic, condition, where)
    patient = Actor("patient by private link", reports_in=clinic, only_course=course)
    pain, site = pain_year(dice), parse_site(where, library())
    state = Walk(clinician, coordinator, patient, today, dice, pain, site, course, arrival.alarmed)
    _survey(state, "baseline-1", arrival.enrolled, condition)
    visit: date | None = arrival.visit
    number = 1
    most = _usual_sessions(condition)
    while visit is not None and number <= most:
        plan = _screened_and_planned(state, visit)
        if plan is None or visit >= today or not _session(state, visit, number, condition):
            break
        visit, number = _next_visit(state, plan, visit, number, most), number + 1
    _follow_up(state, condition)
    _besides(state, Random(f"beside {invented.key}"))  # noqa: S311 -- a simulation, to be the same each time


def _enrolled(invented: Invented, by: Actor, clinic: int, condition: str, where: str) -> UUID:
    person = {"key": invented.key, "person": invented.person, "items": invented.items}
    came = import_chart(by=by, clinic=clinic, simulated=True, **person)  # type: ignore[arg-type]
    opened = open_course(by=by, patient=came.patient, condition=condition, treatment=TREATMENT, site=where)
    return opened.pk  # type: ignore[no-any-return]


def _usual_sessions(condition: str) -> int:
    return protocols_for(library(), treatment=TREATMENT, condition=condition)[0].body.sessions.usual


def _screened_and_planned(state: Walk, visit: date) -> Plan | None:
    """Screen a week or so ahead; where the rules ask, the clinician decides; where they forbid, the way ends."""
    asked_on = max(visit - timedelta(days=state.dice.randint(8, 9)), date.min)
    if asked_on > state.today:
        return None
    answers = clear_answers(library())
    with state.on(asked_on, 9):
        judged = screen_course(by=state.coordinator, course=state.course, on=visit, as_of=asked_on, answers=answers)
    if judged.decision is Action.ASK:
        if asked_on + timedelta(days=2) > state.today:
            return None
        with state.on(asked_on + timedelta(days=1), 16):
            allowed = state.dice.random() < 0.9
            decide_screening(
                by=state.clinician,
                course=state.course,
                go_ahead=allowed,
                because="prescriber informed; drug continued" if allowed else "risk not worth it for this patient",
            )
        if not allowed:
            return None
    elif judged.decision.severity > Action.ASK.severity:
        return None
    with state.on(min(asked_on + timedelta(days=1), state.today), 17):
        return plan_course(by=state.coordinator, course=state.course, start=visit, today=asked_on)


def _session(state: Walk, visit: date, number: int, condition: str) -> bool:
    """One visit in its four steps, then the diary week. False when the person goes no further."""
    if number == 1:
        _survey(state, "baseline-2", visit, condition)
    with state.on(visit, 8):
        request = {
            "dextrose": "15",
            "lidocaine": "0.2",
            "volume_ml": "10",
            "weight_kg": str(state.dice.randint(52, 105)),
        }
        make_recipe(by=state.clinician, course=state.course, request=request)
    if number == 1:
        with state.on(visit, 9):
            _consent(state, visit)
    with state.on(visit, 10):
        session = _four_steps(state, visit)
    state.first = state.first or visit
    _diary_week(state, session, visit)
    return True


def _consent(state: Walk, visit: date) -> None:
    """The consent signed by a typed name; the text is the one of today's library, which the simulation cannot know else."""
    shown = read_consent(by=state.clinician, course=state.course)
    signed = {
        "language": shown.language,
        "fingerprint": shown.fingerprint,
        "understood": True,
        "signed_as": "(simulated)",
    }
    give_consent(by=state.clinician, course=state.course, on=visit, details=signed)


def _four_steps(state: Walk, visit: date) -> UUID:
    by, pain, site = state.clinician, state.pain.second_baseline, str(state.site)
    assessed = {"marked": [site], "pain": pain, "red_flags_excluded": True}
    session: UUID = treat.assess(by=by, course=state.course, on=visit, details=assessed).pk
    checked = dict.fromkeys(("identity", "site_and_side", "allergies", "help_at_hand"), True)
    time_out(by=by, session=session, details=checked | {"lots": lots_of(visit)})
    numbed = {"strength_percent": "1", "volume_ml": "2", "vial": lots_of(visit)["lidocaine 1%"]}
    treat.anaesthetise(by=by, session=session, details=numbed)
    guidance = "fluoroscopy" if "facet" in state.site.kind else "ultrasound"
    given = {"site": site, "volume_ml": "2", "guidance": guidance, "needle": "25 G"}
    treat.inject(by=by, session=session, given=[given])
    watched = {"minutes": 30, "reactions": ["none"], "pain": max(0, pain - 2), "fit_to_leave": True}
    treat.observe(by=by, session=session, details=watched)
    if visit < state.today - timedelta(days=2):
        sign_session(by=by, session=session)
    return session


def lots_of(visit: date) -> dict[str, dict[str, str]]:
    """The vials a simulated clinic has in a month, by what is in them."""
    until = date(visit.year + 2, visit.month, 1).isoformat()
    names = {"dextrose 50%": "DX", "lidocaine 1%": "LI", "saline 0.9%": "NA"}
    return {what: {"lot": f"{name}{visit:%y%m}", "expires_on": until} for what, name in names.items()}


def _diary_week(state: Walk, session: UUID, visit: date) -> None:
    answers_kept = state.alarmed or state.dice.random() < 0.85
    for day in range(1, 8):
        on = visit + timedelta(days=day)
        if on > state.today or not answers_kept or (not state.alarmed and state.dice.random() < 0.12):
            continue
        alarmed = state.alarmed or state.dice.random() < ALARM_CHANCE
        state.alarmed = False
        report = diary_answers(
            library(), state.site, day=day, pain=state.pain.baseline, alarmed=alarmed, dice=state.dice
        )
        with state.on(on, 19):
            told = record_diary(by=state.patient, session=session, on=on, today=on, answers=report, mode="private link")
        if told.urgency.rank >= Urgency.CALL_TODAY.rank and on < state.today - timedelta(days=3):
            _sign_alerts(state, on)


def _sign_alerts(state: Walk, on: date) -> None:
    from enthesis.clinic.worklist import open_alert_ids

    with state.on(on, 20):
        for alert in open_alert_ids(by=state.clinician, course=state.course):
            sign_alert(
                by=state.clinician, alert=alert, done="called back the same day; seen in clinic; no infection found"
            )


def _next_visit(state: Walk, plan: Plan, visit: date, number: int, most: int) -> date | None:
    """Go on to the next planned session, or stop."""
    decided_on = visit + timedelta(days=10)
    if decided_on > state.today:
        return None
    go_on = number < most and state.dice.random() > STOPS_EARLY
    with state.on(decided_on, 15):
        decide_course(
            by=state.clinician,
            course=state.course,
            decided="go-on" if go_on else "stop",
            on=decided_on,
            reviewed=True,
            why="improving, wants to go on" if go_on else "course complete or no further gain expected",
        )
    later = [planned.on for planned in plan.sessions if planned.on > visit]
    return later[0] if go_on and later else None


def _follow_up(state: Walk, condition: str) -> None:
    """The waves after the first injection, unless nothing is heard of the person."""
    if state.first is None:
        return
    for wave, week in (("2-weeks", 2), ("6-weeks", 6), ("3-months", 13), ("6-months", 26), ("12-months", 52)):
        day = state.first + timedelta(weeks=week, days=state.dice.randint(0, 3))
        if day <= state.today and week not in state.pain.silent:
            _survey(state, wave, day, condition, pain=state.pain.by_week[week])


def _besides(state: Walk, dice: Random) -> None:
    """Other treatments, as the coordinator hears of them."""
    if state.first is None:
        return
    for kind, since, until in others(dice, state.first, state.today):
        told_on, what = until or since, {"kind": kind, "started_on": since, "ended_on": until}
        with state.on(told_on, 11):
            record_co_treatment(by=state.coordinator, course=state.course, today=told_on, **what)  # type: ignore[arg-type]


def _survey(state: Walk, wave: str, day: date, condition: str, pain: int | None = None) -> None:
    from enthesis.clinic.survey import instruments_at

    level = pain if pain is not None else state.pain.baseline if wave == "baseline-1" else state.pain.second_baseline
    with scope(clinic=list(state.patient.clinics)):
        asked = instruments_at(wave, condition, state.patient.clinics[0])
    with state.on(day, 18):
        for id in asked:
            filled = instrument_answers(library(), id, pain=level, baseline=state.pain.baseline, dice=state.dice)
            record_survey(
                by=state.patient,
                course=state.course,
                wave=wave,
                instrument_id=id,
                on=day,
                today=day,
                answers=filled,
                mode="private link",
            )
    if day < state.today - timedelta(days=6):
        with state.on(day + timedelta(days=1), 10):
            for alert in open_mood_ids(by=state.clinician, course=state.course):
                sign_mood(by=state.clinician, alert=alert, done="called; knows whom to turn to, and may call any time")
