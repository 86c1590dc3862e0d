"""Which language somebody is spoken to in: on pages, in messages and in a consent alike."""

ENGLISH, SPANISH = "en", "es"
NAMES = {
    **dict.fromkeys(("en", "eng", "english", "inglés", "ingles"), ENGLISH),
    **dict.fromkeys(("es", "spa", "spanish", "español", "espanol", "castellano"), SPANISH),
}


def code_of(written: str) -> str:
    """The code of a language as charts write it: es-MX, spa and Spanish are es; what nobody here speaks is en."""
    return known(written) or ENGLISH


def known(written: str) -> str:
    """The code of a language that is spoken here, and nothing for any other: fra and est are neither en nor es."""
    return NAMES.get(written.strip().lower().replace("_", "-").partition("-")[0], "")
