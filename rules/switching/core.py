"""The core of a switching case: all that tells its kind from others."""

from rules.procedure.kind import ProcedureKind
from rules.switching.alarms import RINGERS, alarms
from rules.switching.commands import obey
from rules.switching.duties import duties_of_retailers
from rules.switching.interventions import WITH_DEADLINES
from rules.switching.mails import mails_for
from rules.switching.news import hear

SWITCHING = ProcedureKind(
    number_label="廃止取次番号",
    phases_with_deadlines=WITH_DEADLINES,
    obey=obey,
    hear=hear,
    alarms=alarms,
    ringers=RINGERS,
    duties_of_retailers=duties_of_retailers,
    mails_for=mails_for,
)
