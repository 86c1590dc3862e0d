"""Joins evidence and outcomes into what a patient may expect, in plain and honest sentences.

>>> from enthesis.evidence.review import review
>>> from enthesis.expectations import Ask, expect
>>> from enthesis.knowledge import Library
>>> library = Library.shipped()
>>> ask = Ask("knee-osteoarthritis", "dextrose-prolotherapy", "saline-injection", baseline=7, weeks=26)
>>> expect(ask, review=review(library, "dextrose-prolotherapy"), library=library).rating
<Rating.VERY_LOW: 'very low'>
"""

from enthesis.expectations.as_json import expectation_as_json
from enthesis.expectations.clinic import ClinicAnswers, ClinicView, answers_from
from enthesis.expectations.expectation import Expectation, expect
from enthesis.expectations.finding.asking import Ask
from enthesis.expectations.wording import sentence

__all__ = [
    "Ask",
    "ClinicAnswers",
    "ClinicView",
    "Expectation",
    "answers_from",
    "expect",
    "expectation_as_json",
    "sentence",
]
