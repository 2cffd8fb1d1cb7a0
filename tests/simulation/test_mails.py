"""Mails are held to what the history wants told: a lost one, an added one and two texts under one id are found."""

from email.message import EmailMessage

from deploy.mail_sink.box import ReceivedMail
from models.cases.read_model import WrittenLine
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party
from tests.support.cast import CURRENT
from tests.support.core.switching_case import CASE_NUMBER, Switch
from tests.support.moments import MORNING
from tools.simulation.mails import mail_problems
from tools.simulation.records import MailIntent

LINE = WrittenLine(1, HistoryLine(HistoryKind.REGISTERED, Party.NEW_RETAILER), "message", MORNING, Switch().state)
HISTORIES = {CASE_NUMBER: [LINE]}
INTENT: MailIntent = (CASE_NUMBER, 1, "arrived", CURRENT)


def mail(key: str = "one", text: str = "到着しました") -> ReceivedMail:
    message = EmailMessage()
    message["Message-ID"] = f"<{key}@hub.example>"
    message["To"], message["Subject"] = "kekka@example.jp", "廃止取次の到着"
    message.set_content(text)
    return ReceivedMail("20260701-100000-000000-000001", message)


def problems(intents: dict[str, MailIntent], *mails: ReceivedMail) -> list[tuple[str, str]]:
    return list(mail_problems(histories=HISTORIES, intents=intents, mails=mails))


def test_one_mail_for_each_intent_of_the_history_is_right_and_so_is_its_repeat() -> None:
    assert problems({"one": INTENT}, mail()) == problems({"one": INTENT}, mail(), mail()) == []


def test_an_intent_that_was_never_noted_is_found() -> None:
    assert problems({}) == [(CASE_NUMBER, f"1行目のメール arrived（{CURRENT} 宛）がない")]


def test_an_intent_that_the_history_does_not_want_is_found() -> None:
    surplus: MailIntent = (CASE_NUMBER, 1, "accepted", CURRENT)

    assert [number for number, _ in problems({"one": INTENT, "two": surplus}, mail(), mail("two"))] == [CASE_NUMBER]


def test_an_intent_noted_twice_is_found() -> None:
    assert ("", "同じ通知が二度記録されている") in problems({"one": INTENT, "two": INTENT}, mail(), mail("two"))


def test_a_mail_that_never_came_is_found() -> None:
    assert problems({"one": INTENT}) == [(CASE_NUMBER, f"メールが届いていない: {INTENT}")]


def test_a_mail_that_nobody_noted_is_found() -> None:
    assert problems({"one": INTENT}, mail(), mail("two")) == [("", "記録にないメールが届いた: two")]


def test_two_texts_under_one_id_are_found() -> None:
    ((number, words),) = problems({"one": INTENT}, mail(), mail(text="別の文面"))

    assert number == CASE_NUMBER and "内容の異なるメール" in words
