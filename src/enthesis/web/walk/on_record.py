"""What this course holds already about a question of the screening: shown beside it, and never answered for anybody."""

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.workup import in_words
from enthesis.web.timelines import with_days

NO_BLOCK = "no diagnostic block is on record in this course."
OPERATIONS = ("joint-operation", "spine-operation")


def on_record(about: CoursePage) -> dict[str, str]:
    """By question: the blocks of the work-up, and the operation a course is an interim step before."""
    goal = about.course.goal
    found = {"diagnostic-block": _blocks(about)}
    if goal and goal["operation"]:
        when = f", {with_days(goal['operation_on'].isoformat())}" if goal["operation_on"] else ", day not known"
        found |= dict.fromkeys(OPERATIONS, f"the course is an interim step before {goal['operation']}{when}.")
    return found


def _blocks(about: CoursePage) -> str:
    lines = [
        f"{with_days(row['on'].isoformat())}, {in_words(row['site'], row['details'])}"
        for row in about.course.workup
        if row["kind"] == "block"
    ]
    return f"{'; '.join(lines)}." if lines else NO_BLOCK
