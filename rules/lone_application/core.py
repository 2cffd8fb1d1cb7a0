"""The core of an application on its own: all that tells its kind from others."""

from rules.lone_application.alarms import RINGERS, alarms
from rules.lone_application.commands import obey
from rules.lone_application.duties import duties_of_retailers
from rules.lone_application.interventions import WITH_DEADLINES
from rules.lone_application.mails import mails_for
from rules.lone_application.news import hear
from rules.procedure.kind import ProcedureKind

LONE_APPLICATION = ProcedureKind(
    number_label="申請番号",
    phases_with_deadlines=WITH_DEADLINES,
    obey=obey,
    hear=hear,
    alarms=alarms,
    ringers=RINGERS,
    duties_of_retailers=duties_of_retailers,
    mails_for=mails_for,
)
