"""A registry in a folder of its own with people treated today, links to their survey, and a desk that is signed in.

`python answering_house.py WAVE COUNT LANGUAGE` (or `diary` for a wave) makes them by the acts and prints what a browser needs as JSON.
"""

import json
import sys

from enthesis.cli.database import set_up


def made(wave: str, count: int, language: str) -> dict[str, object]:
    """One link for each of so many people, their courses, and the session of a coordinator."""
    from tests.clinic.conftest import house
    from tests.edges.pages import signed_in, treated

    from enthesis.clinic.links import make_link

    place = house("harbour")
    place.person |= {"language": language}
    visits = [treated(place, key=f"test|{number}") for number in range(count)]
    courses = [course for course, _ in visits]
    links = [
        make_link(by=place.coordinator, course=course, form="diary", about={"session": str(session)})
        if wave == "diary"
        else make_link(by=place.coordinator, course=course, form="wave", about={"wave": wave})
        for course, session in visits
    ]
    return {
        "links": [f"/p/{link.token}/" for link in links],
        "courses": [str(course) for course in courses],
        "session": signed_in(place, "coordinator").cookies["sessionid"].value,
    }


if __name__ == "__main__":
    set_up()
    sys.stdout.write(json.dumps(made(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
