"""A registry in a folder of its own with somebody treated today, and links to a survey.

`python answering_house.py WAVE COUNT LANGUAGE` makes them by the acts and prints the addresses as JSON.
"""

import json
import sys

from enthesis.cli.database import set_up


def links(wave: str, count: int, language: str) -> list[str]:
    """One link for each of so many people."""
    from tests.clinic.conftest import house
    from tests.edges.pages import treated

    from enthesis.clinic.links import make_link

    place = house("harbour")
    place.person |= {"language": language}
    courses = [treated(place, key=f"test|{number}")[0] for number in range(count)]
    made = [make_link(by=place.coordinator, course=course, form="wave", about={"wave": wave}) for course in courses]
    return [f"/p/{link.token}/" for link in made]


if __name__ == "__main__":
    set_up()
    sys.stdout.write(json.dumps(links(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
