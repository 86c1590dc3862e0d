"""`enthesis outcomes`: what happened to our patients, and what it does not prove."""
