"""States and segments are told by word and shape; colour only comes besides."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from schemas.codes import ApplicationState, CasePhase, Segment
from web.shared.marks import APPLICATION_MARKS, PHASE_MARKS, SEGMENT_ICONS, Shape, application_mark, application_word

WEB = Path(__file__).parents[3] / "web"


def _drawn(app: Flask, name: str, value: object) -> str:
    with app.app_context():
        return render_template_string(
            f'{{% from "components/mark.html" import {name} %}}{{{{ {name}(value) }}}}', value=value
        )


def test_every_state_and_segment_has_a_mark() -> None:
    assert set(PHASE_MARKS) == set(CasePhase)
    assert set(APPLICATION_MARKS) == set(ApplicationState)
    assert set(SEGMENT_ICONS) == set(Segment)


@pytest.mark.parametrize("value", [*CasePhase, *ApplicationState], ids=lambda value: f"{type(value).__name__} {value}")
def test_a_state_is_drawn_with_its_word_and_its_shape(
    usual_application: Flask, value: CasePhase | ApplicationState
) -> None:
    drawn = _drawn(usual_application, "state", value)

    assert f"</svg>{value.label}</span>" in drawn
    assert re.search(r"<svg [^>]*aria-hidden=\"true\"[^>]*><(path|circle)", drawn)


@pytest.mark.parametrize("phase", CasePhase)
def test_only_while_it_may_come_an_application_is_awaited(phase: CasePhase) -> None:
    word = application_word(ApplicationState.NOT_FILED, phase=phase)
    mark = application_mark(ApplicationState.NOT_FILED, phase=phase)

    if phase in (CasePhase.AWAITING_DECISION, CasePhase.AWAITING_APPLICATIONS):
        assert (word, mark.shape) == ("未申請", Shape.WAITING)
    else:
        assert (word, mark.shape) == ("申請なし", Shape.STOPPED)
    assert application_word(ApplicationState.CANCELLED, phase=phase) == "取消"


def test_no_two_shapes_or_segments_look_the_same(usual_application: Flask) -> None:
    names = [*Shape, *SEGMENT_ICONS.values()]
    drawn = [_drawn_icon(usual_application, name) for name in names]

    assert len(set(drawn)) == len(names)
    assert all("<path" in spell or "<circle" in spell for spell in drawn)


def _drawn_icon(app: Flask, name: str) -> str:
    with app.app_context():
        return render_template_string('{% from "components/icon.html" import icon %}{{ icon(name) }}', name=name)


def test_one_tone_comes_with_no_other_meaning() -> None:
    marks = {*PHASE_MARKS.values(), *APPLICATION_MARKS.values()}
    sheet = (WEB / "shared" / "static" / "hub.css").read_text()

    assert len({mark.shape for mark in marks}) == len(marks)
    assert all(f".tag--{mark.tone} {{" in sheet for mark in marks)
    assert all(f".segment--{segment} {{" in sheet for segment in Segment)


def test_no_class_is_used_without_a_rule() -> None:
    sheets = "".join(path.read_text() for path in WEB.rglob("*.css"))
    used = {
        name
        for template in WEB.rglob("*.html")
        for value in re.findall(r'class="([^"{]*)"', template.read_text())
        for name in value.split()
    }

    assert {name for name in used if f".{name}" not in sheets} <= set()
