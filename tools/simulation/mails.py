"""Mail after the year: every intent of the history is there and sent, each under one Message-ID and with one text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deploy.mail_sink.box import ReceivedMail
from models.cases.read_model import WrittenLine
from rules.core import Procedure, mails_for
from tools.simulation.records import MailIntent

Problem = tuple[str, str]
"""Number of the procedure, and what is wrong."""


def mail_problems(
    *,
    histories: Mapping[str, Sequence[WrittenLine]],
    intents: Mapping[str, MailIntent],
    mails: Iterable[ReceivedMail],
) -> Iterator[Problem]:
    """Hold what was to be told against what was noted, and that against what came.

    :param intents: what was noted, by the id that its Message-ID follows from.
    """
    expected = {mail for number, lines in histories.items() for mail in _expected(number, lines)}
    noted = set(intents.values())
    for number, step, kind, retailer in sorted(expected ^ noted):
        missing = (number, step, kind, retailer) in expected
        yield number, f"{step}行目のメール {kind}（{retailer} 宛）が{'ない' if missing else '余分にある'}"
    if len(noted) != len(intents):
        yield "", "同じ通知が二度記録されている"
    copies: dict[str, list[ReceivedMail]] = defaultdict(list)
    for mail in mails:
        copies[mail.header("Message-ID").strip("<>").partition("@")[0]].append(mail)
    for key in sorted(intents.keys() - copies.keys()):
        yield intents[key][0], f"メールが届いていない: {intents[key]}"
    for key in sorted(copies.keys() - intents.keys()):
        yield "", f"記録にないメールが届いた: {key}"
    for key, mails_of_key in copies.items():
        if len({(mail.header("To"), mail.header("Subject"), mail.text) for mail in mails_of_key}) > 1:
            yield intents.get(key, ("",))[0], "同じ Message-ID で内容の異なるメールが届いた"


def _expected(number: str, lines: Sequence[WrittenLine]) -> Iterator[MailIntent]:
    before: Procedure | None = None
    for written_line in lines:
        for mail in mails_for(before, written_line.line, written_line.state):
            yield number, written_line.step, mail.kind.value, mail.to_retailer
        before = written_line.state
