"""The map of the body and the spine: targets as real form controls inside a drawing, and the same as a plain list."""

from enthesis.web.bodymap.drawing import BodyMap, body_map, drawn, marked_map
from enthesis.web.bodymap.field import TargetsField, asks_for_view, unjudged, view_of
from enthesis.web.bodymap.notes import Advice, advice_for

__all__ = [
    "Advice",
    "BodyMap",
    "TargetsField",
    "advice_for",
    "asks_for_view",
    "body_map",
    "drawn",
    "marked_map",
    "unjudged",
    "view_of",
]
