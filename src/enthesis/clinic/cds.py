"""Judgments for other systems: who asks, once per token; what was judged; and what came of the cards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
from django.db import IntegrityError, transaction
from django.db.models import Count
from django_scopes import scope, scopes_disabled

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, Library, Site, parse_site, site_kinds
from enthesis.registry.models import CdsCard, CdsClient, CdsFeedback, CdsToken, Clinic
from enthesis.screening import Action, ChartItem, Finding, Screening, facts_from, screen

ALGORITHMS = ("ES384", "RS384", "ES256", "RS256")
LONGEST_LIFE = timedelta(minutes=5)
LEEWAY = 30  # seconds by which two clocks may differ
CLAIMS = ("iss", "aud", "exp", "iat", "jti")


class NotKnown(Exception):
    """Whoever calls has not shown who they are: 401. What was wrong is not told, only logged by its kind."""


@dataclass(frozen=True)
class Judged:
    """One judgment for another system. Without a site it holds only what would be found at every site."""

    site: Site | None
    on: date
    screening: Screening | None
    findings: tuple[Finding, ...]
    cards: Mapping[str, UUID]  # the summary under "", and one card for each finding that somebody must act on
    library: Library


def caller(token: str, *, audience: str) -> Actor:
    """Who calls, by a signed token that is used once. Raises NotKnown.

    The keys are those the clinic has stored; `jku` must be the one it was told, and is never fetched.
    """
    client = _client_of(token)
    try:
        key = next(one for one in jwt.PyJWKSet.from_dict(client.keys).keys if one.key_id == _header(token, "kid"))
        claims = jwt.decode(
            token,
            key.key,
            algorithms=[_algorithm(token)],
            audience=audience,
            issuer=client.issuer,
            leeway=LEEWAY,
            options={"require": list(CLAIMS)},
        )
    except (jwt.PyJWTError, StopIteration) as error:
        raise NotKnown("the token could not be verified") from error
    _use_once(client, claims)
    return Actor(f"CDS client {client.name}", asks_as=client.pk, asks_in=client.clinic_id)


@act
def advise(
    *,
    by: Actor,
    service: str,
    items: Iterable[ChartItem],
    sex: str,
    born: date | None,
    targets: Iterable[tuple[Site | None, date]],
    today: date,
) -> tuple[Judged, ...]:
    """Judge a chart that another system sent, for each injection; nothing of the chart is kept.

    Raises BadInput for a day that has passed. The audit event says which service was asked and how many cards went out.
    """
    client = _own(by)
    clinic = client.clinic
    shelf = library_of(clinic.pk)
    facts = facts_from(items, answers={}, library=shelf, sex=sex, born=born)
    made = []
    for site, on in targets:
        if on < today:
            raise BadInput(f"on: {on.isoformat()} has passed; today is {today.isoformat()}")
        places = [site] if site else [parse_site(kind.id, shelf) for kind in site_kinds(shelf)]
        judged = [screen(facts, on=on, site=place, as_of=today, library=shelf) for place in places]
        findings = _found_everywhere(judged)
        cards = {
            rule: uuid4() for rule in ("", *(f.rule for f in findings if f.action.severity >= Action.ASK.severity))
        }
        made.append(Judged(site, on, judged[0] if site else None, findings, cards, shelf))
    _keep(client, service, made)
    leave_trace(
        by, "gave decision support", clinic=clinic, about=service, after={"cards": sum(len(m.cards) for m in made)}
    )
    return tuple(made)


@act
def hear_feedback(*, by: Actor, service: str, outcomes: Iterable[Mapping[str, Any]]) -> int:
    """Keep what somebody did with cards of this client; a card nobody knows is an error. Returns how many were kept."""
    client = _own(by)
    kept = []
    for one in outcomes:
        card = CdsCard.objects.filter(pk=one["card"], client=client, service=service).first()
        if card is None:
            raise NotFound(f"there is no card {one['card']} of this service")
        kept.append(
            CdsFeedback(
                clinic_id=client.clinic_id,
                card=card,
                outcome=one["outcome"],
                reason=one["reason"],
                comment=one["comment"],
                outcome_at=one["at"],
                received_at=now(),
            )
        )
    CdsFeedback.objects.bulk_create(kept)
    leave_trace(by, "told what came of cards", clinic=client.clinic, about=service, after={"outcomes": len(kept)})
    return len(kept)


@dataclass(frozen=True)
class FeedbackRow:
    """What came of the cards of one rule, for one outcome and reason."""

    rule: str
    outcome: str
    reason: str
    count: int


@act
def read_feedback(*, by: Actor) -> tuple[FeedbackRow, ...]:
    """How often cards were accepted or overridden, by rule and reason, over the actor's clinics."""
    rows = CdsFeedback.objects.values_list("card__rule", "outcome", "reason").annotate(n=Count("id"))
    return tuple(FeedbackRow(*row) for row in rows.order_by("card__rule", "outcome", "reason"))


@dataclass(frozen=True)
class ClientRow:
    """A system that may ask, or might once."""

    name: str
    issuer: str
    standing: str
    by: str
    at: datetime
    cards: int


@act
def read_clients(*, by: Actor) -> tuple[ClientRow, ...]:
    """The systems of the actor's clinics. It is about no patient, so no event is left."""
    rows = CdsClient.objects.annotate(n=Count("cards")).order_by("name")
    return tuple(
        ClientRow(row.name, row.issuer, "may ask" if row.active else "ended", row.added_by, row.added_at, row.n)
        for row in rows
    )


@act
def add_client(*, by: Actor, clinic: int, name: str, issuer: str, keys: Mapping[str, Any], jku: str = "") -> CdsClient:
    """Let another system ask for cards of a clinic. Raises BadInput for keys that are no public key set."""
    by.check(May.STAFF, clinic)
    if not issuer.startswith("https://") and not issuer.startswith("urn:"):
        raise BadInput(f"issuer: {issuer!r} was given; an address with https:// was expected")
    try:
        found = jwt.PyJWKSet.from_dict(dict(keys)).keys
    except (jwt.PyJWTError, AttributeError, TypeError, KeyError, ValueError) as error:
        raise BadInput("keys: a JSON Web Key Set with at least one public key was expected") from error
    if any("d" in one or one.get("kty") == "oct" for one in keys.get("keys", ())) or not all(k.key_id for k in found):
        raise BadInput("keys: public keys with a `kid` were expected, and no private or shared ones")
    with scopes_disabled():
        if CdsClient.objects.filter(issuer=issuer).exists():
            raise BadInput(f"issuer: {issuer} is known already")
    place = Clinic.objects.get(pk=clinic)
    kept = CdsClient.objects.create(
        clinic=place, name=name, issuer=issuer, jku=jku, keys=dict(keys), added_by=by.name, added_at=now()
    )
    leave_trace(by, "let a system ask for cards", clinic=place, about=issuer, after={"name": name})
    return kept


@act
def end_client(*, by: Actor, clinic: int, issuer: str) -> None:
    """A system may no longer ask. Raises NotFound."""
    by.check(May.STAFF, clinic)
    if not CdsClient.objects.filter(clinic=clinic, issuer=issuer, active=True).update(active=False):
        raise NotFound(f"no system with the issuer {issuer!r} may ask")
    leave_trace(by, "ended a system's asking", clinic=Clinic.objects.get(pk=clinic), about=issuer)


def _found_everywhere(judged: list[Screening]) -> tuple[Finding, ...]:
    """The findings that hold at every site that was judged."""
    rules = set.intersection(*({finding.rule for finding in one.findings} for one in judged))
    return tuple(finding for finding in judged[0].findings if finding.rule in rules)


def _own(by: Actor) -> CdsClient:
    """The client that acts. Raises NotFound for anybody who is none."""
    client = CdsClient.objects.select_related("clinic").filter(pk=by.asks_as or 0).first()
    if client is None:
        raise NotFound("only a system that a clinic has let in may ask for cards")
    by.check(May.ADVISE, client.clinic_id)
    return client


def _keep(client: CdsClient, service: str, made: list[Judged]) -> None:
    CdsCard.objects.bulk_create(
        CdsCard(
            id=card,
            clinic_id=client.clinic_id,
            client=client,
            service=service,
            rule=rule,
            action=next((f.action.value for f in one.findings if f.rule == rule), _decision(one)),
            library=one.library.fingerprint,
            made_at=now(),
        )
        for one in made
        for rule, card in one.cards.items()
    )


def _decision(one: Judged) -> str:
    return one.screening.decision.value if one.screening else ""


def _client_of(token: str) -> CdsClient:
    try:
        claimed = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise NotKnown("no token that can be read") from error
    with scopes_disabled():  # whose clinic it is follows from the issuer, which the signature then has to prove
        client = CdsClient.objects.filter(issuer=str(claimed.get("iss", "")), active=True).first()
    if client is None or (_header(token, "jku") or client.jku) != client.jku:
        raise NotKnown("nobody who may ask")
    return client


def _header(token: str, key: str) -> str:
    return str(jwt.get_unverified_header(token).get(key, ""))


def _algorithm(token: str) -> str:
    """The token's own algorithm, where it is one of those that sign with a key pair."""
    found = _header(token, "alg")
    if found not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError(found)
    return found


def _use_once(client: CdsClient, claims: Mapping[str, Any]) -> None:
    expires, issued = (datetime.fromtimestamp(claims[key], UTC) for key in ("exp", "iat"))
    if expires - issued > LONGEST_LIFE or len(str(claims["jti"])) > 200:
        raise NotKnown("the token lives too long")
    with scope(clinic=[client.clinic_id]):
        CdsToken.objects.filter(client=client, expires__lt=now() - timedelta(seconds=2 * LEEWAY)).delete()
        try:
            with transaction.atomic():
                CdsToken.objects.create(client=client, jti=str(claims["jti"]), expires=expires)
        except IntegrityError:
            raise NotKnown("the token was used before") from None
