"""The preparation sheet for a page, the same for staff and for the patient, and an address as a code to scan."""

import segno

from enthesis.clinic.prepare import Sheet


def sheet_context(found: Sheet) -> dict[str, object]:
    """What the sheet itself shows."""
    return {"sheet": found, "preparation": found.preparation, "simulated": found.simulated}


def code_of(address: str) -> str:
    """An address as a picture to scan."""
    return segno.make(address, error="m").svg_data_uri(scale=3, border=2)
