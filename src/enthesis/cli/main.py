"""`enthesis`: every command in one place, and the one table from errors to exit codes.

0 done; 1 a negative finding where the command is a check; 2 bad input: one line on stderr and nothing half-written.
"""

import os
import sys

import typer

from enthesis.cli import (
    audit,
    backing_up,
    cds,
    claiming,
    core,
    course,
    deciding,
    docs,
    evidence,
    evidence_bayes,
    evidence_classes,
    evidence_missing,
    evidence_over_time,
    evidence_own,
    evidence_pairwise,
    evidence_rare,
    evidence_report,
    evidence_reviews,
    evidence_sequential,
    expecting,
    export,
    instruments,
    library,
    messages,
    mixing,
    preparing,
    recipe,
    registry,
    server,
    session,
    staff,
    targets,
)
from enthesis.cli.outcomes import reporting as outcomes_reporting
from enthesis.cli.outcomes import research, snapshots
from enthesis.knowledge import BadInput

BAD_INPUT = 2

app = typer.Typer(
    name="enthesis",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Screen, prepare, mix, treat, recover, measure, and expect honestly.",
)
app.command("screen")(core.screen_bundle)
app.command("mix")(mixing.mix_recipe)
app.command("drawn")(mixing.identify)
app.command("plan")(core.plan_course)
app.command("targets")(targets.catalogue)
app.command("score")(core.score_answers)
app.command("expect")(expecting.expect_one)
app.command("outcomes")(outcomes_reporting.report_outcomes)
app.command("questions")(core.list_questions)
app.command("import")(registry.import_bundle)
app.command("washouts")(preparing.washouts)
app.command("remind")(messages.remind)
app.add_typer(messages.app, name="messages")
app.command("serve")(server.serve)
app.command("demo")(server.demo)
app.add_typer(snapshots.app, name="snapshot")
app.command("research-export")(research.export_for_research)
app.add_typer(instruments.app, name="instrument")
app.add_typer(library.app, name="library")
app.command("export")(export.export)
app.command("recall")(session.recall)
course.app.command("prepare")(preparing.prepare)
course.app.command("targets")(targets.plan)
course.app.command("decide")(deciding.decide)
course.app.command("switch")(deciding.switch)
course.app.command("goal")(deciding.goal)
course.app.command("block")(deciding.block)
course.app.command("imaging")(deciding.imaging)
course.app.command("red-flags")(deciding.red_flags)
course.app.command("mix")(recipe.mix)
course.app.command("product")(recipe.product)
course.app.command("visit")(recipe.visit)
course.app.command("consent")(session.consent)
course.app.command("time-out")(session.time_out)
course.app.command("sign")(session.sign)
course.app.command("addendum")(session.addendum)
app.add_typer(course.app, name="course")
app.add_typer(audit.app, name="audit")
app.add_typer(staff.app, name="staff")
app.add_typer(cds.app, name="cds")
app.add_typer(claiming.app, name="claims")
app.command("backup")(backing_up.backup)
app.command("restore")(backing_up.restore)
evidence.app.command("report")(evidence_report.report)
evidence.app.command("reviews")(evidence_reviews.list_reviews)
evidence.app.command("review")(evidence_reviews.show_review)
evidence.app.command("pairwise")(evidence_pairwise.pairwise)
evidence.app.command("bayes")(evidence_bayes.bayes)
evidence.app.command("classes")(evidence_classes.classes)
evidence.app.command("sequential")(evidence_sequential.sequential)
evidence.app.command("missing")(evidence_missing.missing)
evidence.app.command("over-time")(evidence_over_time.over_time)
evidence.app.command("rare")(evidence_rare.rare)
evidence.app.command("add")(evidence_own.add)
evidence.app.command("out")(evidence_own.out)
evidence.app.command("keep")(evidence_own.keep)
evidence.app.command("changes")(evidence_own.changes)
app.add_typer(evidence.app, name="evidence")
app.command("docs", hidden=True)(docs.write)


def main() -> None:
    """Run one command and leave with its exit code. No traceback reaches a user unless ENTHESIS_TRACEBACK is set."""
    try:
        outcome = app(standalone_mode=False)
    except typer.Exit as leaving:
        sys.exit(leaving.exit_code)
    except typer.Abort:
        _say_and_leave("stopped", code=130)
    except Exception as error:
        if os.environ.get("ENTHESIS_TRACEBACK"):
            raise
        _say_and_leave(_in_words(error), code=BAD_INPUT)
    sys.exit(outcome if isinstance(outcome, int) else 0)


def _in_words(error: Exception) -> str:
    """One line for a person. What we did not foresee is said to be our fault."""
    if hasattr(error, "format_message"):  # usage errors of the command line itself
        return str(error.format_message())
    if isinstance(error, BadInput) or type(error).__module__.startswith(("enthesis.", "django.core.exceptions")):
        return str(error)
    if isinstance(error, BrokenPipeError | KeyboardInterrupt):
        return "stopped"
    return f"something went wrong in Enthesis itself ({type(error).__name__}); set ENTHESIS_TRACEBACK=1 and report it"


def _say_and_leave(words: str, *, code: int) -> None:
    print(f"enthesis: {' '.join(words.split())}", file=sys.stderr)
    sys.exit(code)
