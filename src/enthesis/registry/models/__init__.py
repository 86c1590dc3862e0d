"""The tables. Only `registry` and `clinic` may import this; pages get rows from the clinic's named reads."""

from enthesis.registry.models.alongside import AgreedPlan, CallNote, CheckIn, CoTreatment
from enthesis.registry.models.audit import AuditEvent
from enthesis.registry.models.cds import CdsCard, CdsClient, CdsFeedback, CdsToken
from enthesis.registry.models.course import Course, Decision, Due, PlanRecord, RecipeRecord, ScreeningRecord
from enthesis.registry.models.deciding import AidAnswer
from enthesis.registry.models.evidence import AddedTrial, CertaintyJudgment, EvidenceVersion, ExpectationJudgment
from enthesis.registry.models.knowledge import Adoption, ChosenValue, LibraryText
from enthesis.registry.models.links import PatientLink
from enthesis.registry.models.messages import AlertMessage, Message, MessageSettings, Reach
from enthesis.registry.models.money import CostEstimate, PriceList
from enthesis.registry.models.outcomes import OutcomeReport, OutcomeSnapshot, PublishedOutcomes
from enthesis.registry.models.patient import ChartEntry, ChartImport, Patient
from enthesis.registry.models.people import Clinic, Membership, Role, User
from enthesis.registry.models.planned import CourseGoal, PlannedSites
from enthesis.registry.models.questionnaires import InstrumentWording, PackTerms
from enthesis.registry.models.reports import Alert, DiaryEntry, GivenAnswer, MoodAlert, SurveyResponse
from enthesis.registry.models.safety import (
    Addendum,
    AdverseEvent,
    AdverseEventNote,
    Consent,
    LotUsed,
    SessionSignature,
    Vial,
)
from enthesis.registry.models.session import Injection, Session, SessionStep
from enthesis.registry.models.workup import WorkUp

__all__ = [
    "AddedTrial",
    "Addendum",
    "Adoption",
    "AdverseEvent",
    "AdverseEventNote",
    "AgreedPlan",
    "AidAnswer",
    "Alert",
    "AlertMessage",
    "AuditEvent",
    "CallNote",
    "CdsCard",
    "CdsClient",
    "CdsFeedback",
    "CdsToken",
    "CertaintyJudgment",
    "ChartEntry",
    "ChartImport",
    "CheckIn",
    "ChosenValue",
    "Clinic",
    "CoTreatment",
    "Consent",
    "CostEstimate",
    "Course",
    "CourseGoal",
    "Decision",
    "DiaryEntry",
    "Due",
    "EvidenceVersion",
    "ExpectationJudgment",
    "GivenAnswer",
    "Injection",
    "InstrumentWording",
    "LibraryText",
    "LotUsed",
    "Membership",
    "Message",
    "MessageSettings",
    "MoodAlert",
    "OutcomeReport",
    "OutcomeSnapshot",
    "PackTerms",
    "Patient",
    "PatientLink",
    "PlanRecord",
    "PlannedSites",
    "PriceList",
    "PublishedOutcomes",
    "Reach",
    "RecipeRecord",
    "Role",
    "ScreeningRecord",
    "Session",
    "SessionSignature",
    "SessionStep",
    "SurveyResponse",
    "User",
    "Vial",
    "WorkUp",
]
