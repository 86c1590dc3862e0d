"""Words by which a medicine is taken only when it is needed: nobody knows then when it was taken last."""

import re
from functools import lru_cache

AS_NEEDED = re.compile(r"\b(as|when|if) (needed|required|necessary)\b|\bp\.?r\.?n\b", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def says_as_needed(text: str) -> bool:
    """Do the words of a dosage or of a medicine's own entry say so?"""
    return AS_NEEDED.search(text) is not None
