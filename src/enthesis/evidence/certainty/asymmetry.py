"""Do small studies say something else? One number for the rule of reporting bias."""

import numpy as np

from enthesis.evidence.contrasts import Floats


def asymmetry_p(estimates: Floats, variances: Floats) -> float | None:
    """P of Egger's regression (1997): estimates on standard errors, weights 1/v, t with k - 2 degrees of freedom.

    None for fewer than three studies, or when all are of one size.
    """
    from scipy.special import stdtr

    errors = np.sqrt(variances)
    if len(estimates) < 3 or np.ptp(errors) <= 1e-12 * errors.max():
        return None
    weighted = np.column_stack([1 / errors, np.ones_like(errors)])
    inverse = np.linalg.inv(weighted.T @ weighted)
    found = inverse @ weighted.T @ (estimates / errors)
    freedom = len(estimates) - 2
    spread = float(((estimates / errors - weighted @ found) ** 2).sum()) / freedom
    if spread <= 0:
        return None
    return float(2 * stdtr(freedom, -abs(found[1]) / np.sqrt(spread * inverse[1, 1])))
