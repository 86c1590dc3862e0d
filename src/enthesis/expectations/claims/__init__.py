"""Public sentences about benefit: what they leave out, what is known beside them, and the sentence that may be printed."""

from enthesis.expectations.claims.beside import Beside, beside, claim_as_json
from enthesis.expectations.claims.checking import NOT_ADVICE, Facts, Problem, Verdict, check_sentence, verdict_as_json
from enthesis.expectations.claims.claim import Claim, claims, run_example
from enthesis.expectations.claims.printing import (
    Named,
    benefit_sentence,
    facts_from,
    named_in,
    own_record,
    record_sentence,
)
from enthesis.expectations.claims.reading import Reading, read_sentence

__all__ = [
    "NOT_ADVICE",
    "Beside",
    "Claim",
    "Facts",
    "Named",
    "Problem",
    "Reading",
    "Verdict",
    "benefit_sentence",
    "beside",
    "check_sentence",
    "claim_as_json",
    "claims",
    "facts_from",
    "named_in",
    "own_record",
    "read_sentence",
    "record_sentence",
    "run_example",
    "verdict_as_json",
]
