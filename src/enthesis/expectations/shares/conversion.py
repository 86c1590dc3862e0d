"""From a standardised difference to a share of people, given the share without the treatment.

`d` is in SDs and positive where the treatment helps; `control` is a share between 0 and 1 without its ends. Furukawa's
conversion is used and Hasselblad's and Hedges' printed beside it. Kraemer's and Kupfer's is not here: it ignores the share
without the treatment, and was far off on real trials (da Costa 2012, doi 10.1093/ije/dys124).
"""

import math

from scipy.special import expit, logit, ndtr, ndtri

from enthesis.knowledge import BadInput

LOGISTIC = math.pi / math.sqrt(3)  # SDs of a logistic distribution for one log odds (Cochrane Handbook 5.1, 12.6.3)
COX_SNELL = 1.65  # the same for a normal one, approximated (R packages esc and meta)


def furukawa(control: float, d: float) -> float:
    """Phi(z(control) + d): exact where both arms are normal with one SD (Furukawa 2011, doi 10.1371/journal.pone.0019070)."""
    return float(ndtr(ndtri(_share(control)) + d))


def hasselblad_hedges(control: float, d: float) -> float:
    """The logit of the share moves by d x pi / sqrt(3) (Cochrane Handbook 5.1, section 12.6.3)."""
    return float(expit(logit(_share(control)) + LOGISTIC * d))


def cox_snell(control: float, d: float) -> float:
    """The logit of the share moves by 1.65 d (as the R packages esc and meta have it)."""
    return float(expit(logit(_share(control)) + COX_SNELL * d))


def number_needed(control: float, d: float) -> float:
    """People treated for one more better; infinite for no effect. For researchers: patients are told "of 100"."""
    more = furukawa(control, d) - control
    return math.inf if more == 0 else 1 / more


def _share(control: float) -> float:
    if not 0 < control < 1:
        raise BadInput(f"share without the treatment: a share between 0 and 1 was expected, not {control:g}")
    return control
