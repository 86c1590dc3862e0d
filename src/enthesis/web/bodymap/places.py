"""Where the areas lie on our own drawing of a body, 200 wide and 430 high, seen from the front and from behind."""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge import Area


class Face(StrEnum):
    """From where the body is seen. From the front, the right side is at the viewer's left."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True)
class Place:
    """A hot spot: an area, on one side or in the middle, with its centre on the drawing."""

    area: Area
    side: str
    face: Face
    x: int
    y: int

    @property
    def name(self) -> str:
        """What the link is called: Right knee."""
        return f"{self.side} {self.area.replace('-', ' ')}".strip().capitalize()


MIDDLE = 100
HALVES = (  # how far from the middle, and how high
    (Area.JAW, Face.FRONT, 11, 47),
    (Area.SHOULDER, Face.FRONT, 42, 94),
    (Area.ELBOW, Face.FRONT, 57, 160),
    (Area.HAND, Face.FRONT, 68, 222),
    (Area.HIP, Face.FRONT, 26, 214),
    (Area.KNEE, Face.FRONT, 22, 302),
    (Area.FOOT_AND_ANKLE, Face.BACK, 21, 396),
)
MIDLINE = (
    (Area.NECK, Face.BACK, 66),
    (Area.UPPER_BACK, Face.BACK, 112),
    (Area.LOW_BACK, Face.BACK, 166),
    (Area.PELVIS, Face.BACK, 206),
)

PLACES = (
    *(Place(area, "", face, MIDDLE, y) for area, face, y in MIDLINE),
    *(
        Place(area, side, face, MIDDLE + away * (1 if (side == "right") is (face is Face.BACK) else -1), y)
        for area, face, away, y in HALVES
        for side in ("left", "right")
    ),
)
