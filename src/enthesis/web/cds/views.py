"""Discovery, calls and feedback: JSON in, JSON out, no session and no cookie."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from enthesis.clinic.cds import NotKnown, advise, caller, hear_feedback
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.fhir.cds import HOOK_OF, MissingData, cards_of, discovery, read_call, read_feedback
from enthesis.knowledge import BadInput

LARGEST = 10_000_000  # bytes of one call
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
}


class TooLarge(Exception):
    """More than is ever read: 413."""


STATUS: tuple[tuple[type[Exception], int, str], ...] = (
    (NotKnown, 401, "login"),
    (MissingData, 412, "required"),
    (NotFound, 404, "not-found"),
    (TooLarge, 413, "too-long"),
    (BadInput, 400, "invalid"),
)

View = Callable[..., HttpResponse]


def answering(*methods: str) -> Callable[[View], View]:
    """A view of this service: its methods, CORS, and every refusal as an OperationOutcome."""

    def decorated(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, **given: str) -> HttpResponse:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=CORS)
            if request.method not in methods:
                return refused(405, "not-supported", f"only {' and '.join(methods)} here", Allow=", ".join(methods))
            try:
                answer = view(request, **given)
            except tuple(kind for kind, *_ in STATUS) as error:
                _kind, status, code = next(row for row in STATUS if isinstance(error, row[0]))
                answer = refused(status, code, str(error))
            for name, value in CORS.items():
                answer.headers[name] = value
            return answer

        return answered

    return decorated


def refused(status: int, code: str, said: str, **headers: str) -> JsonResponse:
    """An OperationOutcome with one sentence."""
    issue = {"severity": "error", "code": code, "diagnostics": said}
    return JsonResponse({"resourceType": "OperationOutcome", "issue": [issue]}, status=status, headers=headers)


@answering("GET", "HEAD")
def discover(request: HttpRequest) -> HttpResponse:
    """Which services there are, for anybody."""
    return JsonResponse(discovery())


@answering("POST")
def call(request: HttpRequest, service: str) -> HttpResponse:
    """Cards for one call."""
    by = _asked(request, service)
    today = timezone.localdate()
    asked = read_call(_body(request), hook=HOOK_OF[service], library=library())
    targets = [(target.site, target.on or today) for target in asked.targets]
    person = asked.chart.person
    given = advise(
        by=by, service=service, items=asked.chart.items, sex=person.sex, born=person.born, targets=targets, today=today
    )
    return JsonResponse({"cards": cards_of(asked, given)})


@answering("POST")
def feedback(request: HttpRequest, service: str) -> HttpResponse:
    """What came of cards."""
    by = _asked(request, service)
    hear_feedback(by=by, service=service, outcomes=[asdict(one) for one in read_feedback(_body(request))])
    return HttpResponse(status=200)


def _asked(request: HttpRequest, service: str) -> Actor:
    """Who asks. A service that does not exist is told to nobody who may not ask at all."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise NotKnown("a signed token is needed: Authorization: Bearer ...")
    by = caller(token.strip(), audience=request.build_absolute_uri())
    if service not in HOOK_OF:
        raise NotFound(f"there is no service {service!r}; there are: {', '.join(HOOK_OF)}")
    return by


def _body(request: HttpRequest) -> bytes:
    size = int(request.headers.get("Content-Length") or 0)
    if size > LARGEST:
        raise TooLarge(f"request: {size / 1e6:.1f} MB, and at most {LARGEST / 1e6:g} MB are read")
    return request.body
