"""From effects to people: how many of a hundred, with the treatment and without."""

from enthesis.expectations.shares.conversion import cox_snell, furukawa, hasselblad_hedges, number_needed
from enthesis.expectations.shares.margin import Margin, model_form
from enthesis.expectations.shares.means import averaged, cut, expected_share, given_baseline, share_below, share_error
from enthesis.expectations.shares.pair import Pair, Range, pair

__all__ = [
    "Margin",
    "Pair",
    "Range",
    "averaged",
    "cox_snell",
    "cut",
    "expected_share",
    "furukawa",
    "given_baseline",
    "hasselblad_hedges",
    "model_form",
    "number_needed",
    "pair",
    "share_below",
    "share_error",
]
