"""What was recorded in a session's step, line by line, in words and with units."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from enthesis.web.walk.words import title_of

Line = tuple[str, str]


def lines_of(step: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines of a step: what it is called, and what was recorded. Empty notes are left out."""
    return tuple(line for name, value in step["details"].items() for line in _lines(name, value))


def _lines(name: str, value: Any) -> Iterator[Line]:
    if name == "injections":
        for number, one in enumerate(value, 1):
            yield f"Injection {number}", placement(one)
    elif name in WORDS and value not in ("", [], ()):
        label, said = WORDS[name]
        yield label, said(value)


def placement(one: Mapping[str, Any]) -> str:
    """One needle placement in a line."""
    needle = f"needle {one['needle']}" if one.get("needle") else ""
    lot = f"lot {one['lot']}" if one.get("lot") else ""
    parts = (title_of("sites", one["site"]), f"{one['volume_ml']} mL", one["guidance"], needle, lot)
    return ", ".join(filter(None, parts))


def _lots(value: list[Mapping[str, str]]) -> str:
    return "; ".join(f"{one['what']}: lot {one['lot']}, to {one['expires_on']}" for one in value)


def _vitals(value: Mapping[str, int]) -> str:
    said = []
    if "systolic" in value:
        said.append(f"blood pressure {value['systolic']}/{value['diastolic']}")
    said += [f"{label} {value[name]}{unit}" for name, label, unit in SIGNS if name in value]
    return ", ".join(said) or "not taken"


def _milligrams(value: object) -> str:
    return f"{float(str(value)):g} mg"


def _session(value: list[Mapping[str, Any]]) -> str:
    """Each anaesthetic of the session beside the most that may be given."""
    return "; ".join(_dose(one) for one in value) or "none"


def _dose(one: Mapping[str, Any]) -> str:
    form = "" if one["form"] in ("", "plain") else f" ({one['form'].replace('-', ' ')})"
    most = ", no limit calculated" if one["max_mg"] is None else f" of at most {one['max_mg']} mg"
    return f"{one['component']}{form} {one['mg']} mg{most}"


def _drug(value: str) -> str:
    name, _, form = value.partition(":")
    return name if form in ("", "plain") else f"{name} {form.replace('-', ' ')}"


def _share(value: object) -> str:
    return "not calculated: no weight" if value is None else f"{value} of what may be given"


def _limit(value: object) -> str:
    return "not calculated: the recipe has no weight" if value is None else _milligrams(value)


def _sites(value: list[str]) -> str:
    return ", ".join(title_of("sites", site) for site in value)


SIGNS = (("pulse", "pulse", ""), ("saturation", "oxygen saturation", "%"))
WORDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "marked": ("Sites marked", _sites),
    "pain": ("Pain", lambda value: f"{value} of 10"),
    "consent": ("Informed consent", lambda _: "given"),
    "red_flags_excluded": ("Red flags", lambda _: "looked for and excluded"),
    "anaesthetic": ("Anaesthetic for the skin", _drug),
    "strength_percent": ("Its strength", lambda value: f"{value}%"),
    "session_anaesthetic": ("Local anaesthetic in the session so far", _session),
    "session_share": ("Together", _share),
    "lidocaine_percent": ("Lidocaine for the skin", lambda value: f"{value}%"),
    "volume_ml": ("Volume in the skin", lambda value: f"{value} mL"),
    "lidocaine_mg": ("Lidocaine in the skin", _milligrams),
    "session_lidocaine_mg": ("Lidocaine in the session so far", _milligrams),
    "limit_mg": ("Limit for the weight", _limit),
    "identity": ("Patient", lambda _: "said name and date of birth"),
    "site_and_side": ("Site and side", lambda _: "checked with the patient and on the skin"),
    "allergies_read": ("Allergies read aloud", lambda value: ", ".join(value) or "none in the chart"),
    "help_at_hand": ("Help at hand", lambda _: "oxygen, resuscitation drugs, lipid emulsion, a trained person"),
    "consent_of": ("Consent", lambda value: f"signed {value}"),
    "weight_kg": ("Weight", lambda value: f"{float(value):g} kg"),
    "lots": ("Drawn up", _lots),
    "lot": ("Lot", str),
    "expires_on": ("Expires", str),
    "vitals": ("Vital signs", _vitals),
    "minutes": ("Watched", lambda value: f"{value} minutes"),
    "reactions": ("What happened", ", ".join),
    "fit_to_leave": ("Fit to leave", lambda _: "yes"),
    "note": ("Note", str),
}
