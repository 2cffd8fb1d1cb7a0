"""What the screens read of cases: each function goes through the scope of whoever looks."""

from models.cases.application_page import ApplicationPage, application_page
from models.cases.assignments import Assignee, assign, assignees_of
from models.cases.case_filter import CaseFilter, Standing, Switching
from models.cases.case_line import CaseLine, Company, UnreadableLine
from models.cases.case_list import (
    CaseSort,
    Neighbours,
    count_cases,
    count_duties,
    find_cases,
    horizon,
    looked_through,
    neighbours,
    rejection_texts,
)
from models.cases.case_page import (
    ApplicationView,
    CasePage,
    CaseStanding,
    Customer,
    DeclaredConsent,
    MessageView,
    SeenLine,
    case_page,
    case_standing,
)
from models.cases.changes import Change
from models.cases.grid_findings import grid_findings_of_many
from models.cases.inbox import (
    Hands,
    InboxFilter,
    beside_in_inbox,
    count_inbox,
    inbox,
    next_in_inbox,
    place_in_inbox,
)
from models.cases.scope import Scope
from models.cases.sent_content import application_standing, sent_content
from models.cases.waiting import Waiting, count_waiting

__all__ = [
    "ApplicationPage",
    "ApplicationView",
    "Assignee",
    "CaseFilter",
    "CaseLine",
    "CasePage",
    "CaseSort",
    "CaseStanding",
    "Change",
    "Company",
    "Customer",
    "DeclaredConsent",
    "Hands",
    "InboxFilter",
    "MessageView",
    "Neighbours",
    "Scope",
    "SeenLine",
    "Standing",
    "Switching",
    "UnreadableLine",
    "Waiting",
    "application_page",
    "application_standing",
    "assign",
    "assignees_of",
    "beside_in_inbox",
    "case_page",
    "case_standing",
    "count_cases",
    "count_duties",
    "count_inbox",
    "count_waiting",
    "find_cases",
    "grid_findings_of_many",
    "horizon",
    "inbox",
    "looked_through",
    "neighbours",
    "next_in_inbox",
    "place_in_inbox",
    "rejection_texts",
    "sent_content",
]
