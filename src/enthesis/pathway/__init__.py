"""A course from enrolment to the last follow-up: its stages and allowed moves, and the dated plan."""

from enthesis.pathway.alongside import About, Alongside, AlongsideLine, alongside, run_alongside_example
from enthesis.pathway.blocks import Asked as BlockAsked
from enthesis.pathway.blocks import Block, BlockRule, block_rules, blocks_asked, blocks_not_on_record, run_block_example
from enthesis.pathway.calendar import REMINDERS, plan_as_ics
from enthesis.pathway.conditions import Condition, Referral, conditions, is_site_of, levels_suggested
from enthesis.pathway.diagram import pathway_as_mermaid
from enthesis.pathway.examples import run_example
from enthesis.pathway.given import FieldKind, RecordField, checked_record, traced
from enthesis.pathway.improving import Improved, Progress, Reading, progress
from enthesis.pathway.items import Item, ItemKind, plan_items
from enthesis.pathway.moving import after, move_of_screening
from enthesis.pathway.own_washouts import washouts_of
from enthesis.pathway.planned import DiaryDay, Plan, PlannedReview, PlannedWave, Visit
from enthesis.pathway.planning import plan, session_days
from enthesis.pathway.preparing import LeftOut, Preparation, Task, prepare
from enthesis.pathway.prices import (
    CURRENCIES,
    Estimate,
    EstimateItem,
    Per,
    Price,
    Prices,
    codes_offered,
    estimate,
    priced,
)
from enthesis.pathway.printing import plan_as_json
from enthesis.pathway.protocols import Basis, Mixture, Protocol, Sessions, Target, protocols, protocols_for
from enthesis.pathway.reminding import (
    CALL_FROM,
    CHECK_IN_STEPS,
    DIARY_STEPS,
    STEPS,
    Quiet,
    due_days,
    step_today,
    to_call,
)
from enthesis.pathway.reports import Report, check_report
from enthesis.pathway.reviewing import Review, Waiting, review_rules, reviews_due
from enthesis.pathway.schedule_table import ReviewRow, ScheduleRow, review_rows, schedule_rows
from enthesis.pathway.stages import FINISHED, MOVES, Move, Row, Stage, moves_from
from enthesis.pathway.statement import Code, Days, Figure, ReviewRule, Statement
from enthesis.pathway.treatments import Treatment, treatment_called, treatments
from enthesis.pathway.washout_standing import Asked, Standing, WashoutStanding, washout_standings
from enthesis.pathway.washouts import Pause, Washout, pauses
from enthesis.pathway.waves import DiarySpan, Schedule, Wave, asked_at, schedules

__all__ = [
    "CALL_FROM",
    "CHECK_IN_STEPS",
    "CURRENCIES",
    "DIARY_STEPS",
    "FINISHED",
    "MOVES",
    "REMINDERS",
    "STEPS",
    "About",
    "Alongside",
    "AlongsideLine",
    "Asked",
    "Basis",
    "Block",
    "BlockAsked",
    "BlockRule",
    "Code",
    "Condition",
    "Days",
    "DiaryDay",
    "DiarySpan",
    "Estimate",
    "EstimateItem",
    "FieldKind",
    "Figure",
    "Improved",
    "Item",
    "ItemKind",
    "LeftOut",
    "Mixture",
    "Move",
    "Pause",
    "Per",
    "Plan",
    "PlannedReview",
    "PlannedWave",
    "Preparation",
    "Price",
    "Prices",
    "Progress",
    "Protocol",
    "Quiet",
    "Reading",
    "RecordField",
    "Referral",
    "Report",
    "Review",
    "ReviewRow",
    "ReviewRule",
    "Row",
    "Schedule",
    "ScheduleRow",
    "Sessions",
    "Stage",
    "Standing",
    "Statement",
    "Target",
    "Task",
    "Treatment",
    "Visit",
    "Waiting",
    "Washout",
    "WashoutStanding",
    "Wave",
    "after",
    "alongside",
    "asked_at",
    "block_rules",
    "blocks_asked",
    "blocks_not_on_record",
    "check_report",
    "checked_record",
    "codes_offered",
    "conditions",
    "due_days",
    "estimate",
    "is_site_of",
    "levels_suggested",
    "move_of_screening",
    "moves_from",
    "pathway_as_mermaid",
    "pauses",
    "plan",
    "plan_as_ics",
    "plan_as_json",
    "plan_items",
    "prepare",
    "priced",
    "progress",
    "protocols",
    "protocols_for",
    "review_rows",
    "review_rules",
    "reviews_due",
    "run_alongside_example",
    "run_block_example",
    "run_example",
    "schedule_rows",
    "schedules",
    "session_days",
    "step_today",
    "to_call",
    "traced",
    "treatment_called",
    "treatments",
    "washout_standings",
    "washouts_of",
]
