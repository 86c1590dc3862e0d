"""`enthesis claims`: public claims beside what is known, and whether a clinic's own sentence may be printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.given import printed
from enthesis.knowledge import BadInput, Library

if TYPE_CHECKING:
    from enthesis.expectations import Expectation
    from enthesis.expectations.claims import Beside, Facts, Verdict

REVIEW = "dextrose-prolotherapy"
NEGATIVE = 1
app = typer.Typer(help="Public claims beside what trials and a clinic's own answers say.", invoke_without_command=True)
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Snapshot = Annotated[Path | None, typer.Option(help="The clinic's own answers (.parquet or .csv).")]
SALINE, BASELINE = "saline-injection", 6.0


@app.callback()
def list_claims(context: typer.Context, as_json: Json = False) -> None:
    """Each public claim with who says it, on what, and what the trials say of the same thing."""
    if context.invoked_subcommand:
        return
    from enthesis.evidence.review import review
    from enthesis.expectations.claims import beside, claim_as_json, claims

    library = Library.shipped()
    read = review(library, REVIEW)
    found = [beside(entry, review=read, library=library) for entry in claims(library)]
    if as_json:
        printed([claim_as_json(one, library) for one in found])
        return
    for one in found:
        _tell_claim(one, library)


@app.command("check")
def check(
    sentence: Annotated[str, typer.Argument(help="The sentence, in quotes.")],
    condition: Annotated[str, typer.Option(help="What it is about, such as knee-osteoarthritis.")] = "",
    treatment: Annotated[str, typer.Option(help="The treatment.")] = "dextrose-prolotherapy",
    snapshot: Snapshot = None,
    weeks: Annotated[float | None, typer.Option(help="Weeks after the first treatment.")] = None,
    started: Annotated[int | None, typer.Option(help="How many started.")] = None,
    asked: Annotated[int | None, typer.Option(help="How many were asked.")] = None,
    answered: Annotated[int | None, typer.Option(help="How many answered.")] = None,
    as_json: Json = False,
) -> int:
    """May this sentence be printed? Exit 0 when nothing stands against it, 1 with what is missing. Not legal advice."""
    from enthesis.expectations.claims import Facts, check_sentence, verdict_as_json

    if not sentence.strip():
        raise BadInput("sentence: empty; a sentence in quotes was expected")
    if snapshot and not condition:
        raise BadInput("--condition: say which group of the snapshot the sentence is about")
    expected = _expected(condition, treatment, weeks) if condition else None
    facts = Facts(started, asked, answered, weeks, expected.rating if expected else None)
    instead: tuple[str, ...] = ()
    if snapshot and expected:
        facts, instead = _from_snapshot(snapshot, expected)
    found = check_sentence(sentence, facts, instead=(*instead, *_benefit(expected)))
    printed(verdict_as_json(found)) if as_json else _tell_verdict(found)
    return 0 if found.printable else NEGATIVE


def _expected(condition: str, treatment: str, weeks: float | None) -> "Expectation":
    from enthesis.evidence.review import review
    from enthesis.expectations import Ask, expect

    library = Library.shipped()
    ask = Ask(condition, treatment, SALINE, BASELINE, weeks or 26.0)
    return expect(ask, review=review(library, REVIEW), library=library)


def _from_snapshot(snapshot: Path, expected: "Expectation") -> "tuple[Facts, tuple[str, ...]]":
    """The numbers of a snapshot, and the record they make; no record below the floors."""
    from enthesis.cli.outcomes.engines import opened
    from enthesis.expectations.claims import named_in, own_record
    from enthesis.outcomes import cohort

    with opened(snapshot, "duckdb") as table:
        by = ("condition", "treatment")
        analysis = cohort.analyse(table, measures=cohort.measures(Library.shipped()), by=by, with_models=False)
    found = own_record(expected, analysis, named_in(expected, Library.shipped()))
    if found is None:
        ask = expected.ask
        raise BadInput(
            f"{snapshot}: holds no answers on pain from three months on for {ask.condition}, {ask.treatment}"
        )
    return found


def _benefit(expected: "Expectation | None") -> tuple[str, ...]:
    from enthesis.expectations.claims import benefit_sentence

    said = benefit_sentence(expected) if expected else ""
    return (said,) if said else ()


def _tell_claim(one: "Beside", library: Library) -> None:
    body = one.entry.body
    who = library.bibliography[body.who].cite if body.who in library.bibliography else body.who
    print(f"{one.entry.title}\n  says: {who} ({body.design}; people {body.people}; follow-up {body.follow_up})")
    for said in body.origin:
        print(f"  likely origin: {said.text}")
    for said in body.known:
        print(f"  known: {said.text}")
    print(f"  trials: {one.trials}\n  registry: {one.registry}")
    print(f"  missing: {', '.join(problem.rule for problem in one.verdict.problems) or 'nothing'}\n")


def _tell_verdict(found: "Verdict") -> None:
    from enthesis.expectations.claims import NOT_ADVICE

    print("May be printed." if found.printable else "May not be printed as it stands.")
    for problem in found.problems:
        print(f"  {problem.rule}: {problem.says}")
    for said in found.instead:
        print(f"May be printed instead: {said}")
    print(NOT_ADVICE)
