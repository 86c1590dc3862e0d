"""A patient's form: shown by a link, answered once, judged at once."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.aid import FORM as AID
from enthesis.clinic.check_in import FORM as CHECK_IN
from enthesis.clinic.estimate import FORM as ESTIMATE
from enthesis.clinic.prepare import FORM as PREPARATION
from enthesis.clinic.private import SURVEYS, private_form
from enthesis.web.language import speaking
from enthesis.web.private import answering, checking_in, cost, deciding, diary, preparation


@require_http_methods(["GET", "HEAD", "POST"])  # whoever previews a link asks by HEAD
def form(request: HttpRequest, token: str) -> HttpResponse:
    """The diary, the survey or the preparation sheet of a link. Raises LinkSpent for one that cannot be used."""
    asked = private_form(token)
    with speaking(request, asked.language) as language:
        if asked.form == AID:
            return deciding.page(request, token, language)
        if asked.form == PREPARATION:
            return preparation.sheet(request, token)
        if asked.form == CHECK_IN:
            return checking_in.check_in(request, token)
        if asked.form == ESTIMATE:
            return cost.sheet(request, token)
        if asked.form in SURVEYS:
            return answering.survey(request, token, asked)
        return diary.day(request, token, asked, timezone.localdate())
