"""What cannot be is refused at the command line, in Japanese, with what can be; nothing is done then."""

import os
import subprocess
import sys

import pytest

from tests.support.cast import CURRENT, HUB_PERSON, OTHER
from tests.support.processes import ROOT
from upkeep.__main__ import main

WHO = ("--by", HUB_PERSON, "--reason", "試し")
RECORD = ("case", "record", "AP03L", *WHO, "--news", "completed")
SET = ("deadlines", "set", "--segment", "low_voltage", "--what", "decision", "--business-days", "3")
FAR = "2001年から2198年までの日付を指定してください"
DAY = "実在する日付をYYYY-MM-DDで指定してください"
COUNT = "0以上366以下の整数を指定してください"

WRONG = [
    ((*RECORD, "--effective-date", "9999-12-31"), FAR),
    ((*RECORD, "--effective-date", "2026-02-30"), DAY),
    ((*RECORD, "--occurred-at", "0001-01-01T00:00"), FAR),
    ((*RECORD, "--occurred-at", "soon"), "実在する日時をYYYY-MM-DDTHH:MMで指定してください: soon"),
    ((*RECORD, "--news", "lunch"), "received 受付、too_late 期限超過"),
    ((*RECORD, "--news", "defective"), "received 受付、too_late 期限超過"),
    ((*RECORD, "--meter-work", "perhaps"), "次のいずれかを指定してください"),
    (
        ("case", "close", "SW03L", *WHO, "--message-id", "A" * 50),
        "メッセージIDは1文字以上40文字以下です（50文字でした）",
    ),
    (
        ("case", "close", "SW03L", *WHO[:2], "--reason", "障害😀"),
        "理由の3文字目（U+1F600）は使えません。使える文字は、JIS",
    ),
    (("case", "close", "SW03L", *WHO[:2], "--reason", "1行目\n2行目"), "理由の4文字目（U+000A）は使えません"),
    (("case", "close", "SW03L", *WHO[:2], "--reason", "  "), "理由は1文字以上200文字以下です（0文字でした）"),
    (("retailer", "leave", CURRENT, *WHO, "--last-day", "9999-12-31"), FAR),
    (("retailer", "succeed", CURRENT, *WHO, "--successor", OTHER, "--effective-date", "1999-01-01"), FAR),
    (("retailer", "leave", "10\udcff", *WHO, "--last-day", "2026-08-31"), "文字コードがUTF-8でない指定があります"),
    ((*SET, "--from", "9999-12-31", "--reason", "改定"), FAR),
    ((*SET, "--from", "2027-01-01", "--reason", ""), "理由は1文字以上200文字以下です"),
    ((*SET, "--from", "2027-01-01", "--reason", "改定", "--citation", " "), "根拠は1文字以上200文字以下です"),
    ((*SET, "--from", "2027-01-01", "--reason", "改定", "--calendar-days", "-1"), COUNT),
    ((*SET, "--from", "2027-01-01", "--reason", "改定", "--calendar-days", "1.5"), COUNT),
    (("deadlines", "set", "--segment", "middle"), "low_voltage 低圧託送、high_voltage 高圧500kW未満"),
    (("areas", "set", "11"), "01 北海道、02 東北"),
    (("areas", "set", "06", "--rate", "0"), "0.001以上9999以下の数を指定してください: 0"),
    (("areas", "set", "06", "--paused", "--reason", "障害\x07"), "理由の3文字目（U+0007）は使えません"),
    *(
        (("reconcile", "--again-after", given), "0以上3600以下の数を指定してください")
        for given in ("nan", "1e30", "-1", "x")
    ),
    (("areas", "set", "06", "--paused", "--resumed"), "--paused と --resumed は同時に指定できません"),
    (("areas", "set", "06", "--rate", "1", "--setting-rate"), "--rate と --setting-rate は同時に指定できません"),
    (("wake", "--move-clock-by", "2"), "--move-clock-by: 2d や 1d12h30m（日・時・分・秒）のように指定してください: 2"),
    (("case", "close", "SW03L", "--reason", "試し"), "--by: 指定してください"),
    (("areas", "set", "06", "--reason", "--paused"), "--reason: 値が要るかどうかを --help で確かめてください"),
    (("areas", "set", "06", "--paused", "--reason", "--answering=x"), "--reason: 値が要るかどうかを"),
    (("case", "close", "SW03L", "--by", "--reason", "試し"), "--by: 値が要るかどうかを"),
    (("retailer", "close", "1002", *WHO[:2], "--reason", "--yes"), "--reason: 値が要るかどうかを"),
    (("reconcile", "--again-after", "-h"), "--again-after: 値が要るかどうかを"),
    (("rebuild",), "rebuild には番号を1つ以上、または --all を指定してください"),
]


@pytest.mark.parametrize(("given", "words"), WRONG, ids=[ascii(" ".join(given))[:60] for given, _ in WRONG])
def test_what_cannot_be_is_refused_with_what_can(
    given: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")  # it does not get that far
    monkeypatch.setenv("HUB_MESSAGE_KEY", "for tests")
    monkeypatch.setenv("HUB_WEB_KEY", "for tests")

    with pytest.raises(SystemExit) as ended:
        main(given)

    output = capsys.readouterr()
    assert (ended.value.code, output.out) == (2, "")
    assert words in output.err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("deadlines", "set"), ("low_voltage 低圧託送", "decision 取次判断の期限")),
        (("case", "record"), ("completed 処理完了", "not_needed")),
        (("areas", "set"), ("06 関西",)),
    ],
)
def test_help_lists_the_values(command: tuple[str, ...], words: tuple[str, ...]) -> None:
    environment = os.environ | {"COLUMNS": "500"}
    done = subprocess.run(
        [sys.executable, "-m", "upkeep", *command, "--help"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0
    assert all(one in done.stdout for one in words), done.stdout
