"""The pages of samples: all parts as they usually are, and the parts of a form as they show what is wrong."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from schemas.codes import Segment
from web.design import samples
from web.design.samples import SampleForm


def design() -> Blueprint:
    blueprint = Blueprint("design", __name__, url_prefix="/design", template_folder="templates")

    @blueprint.get("")
    def show() -> str:
        return _page("design/usual.html", SampleForm(request.args))

    @blueprint.get("/errors")
    def errors() -> str:
        form = SampleForm(MultiDict({"remark": samples.LONG, "area": ""}))
        form.validate()
        return _page("design/errors.html", form)

    return blueprint


def _page(template: str, form: SampleForm) -> str:
    address = url_for("design.show")
    return render_template(
        template,
        form=form,
        long=samples.LONG,
        rows=samples.rows(),
        headings=samples.headings(address),
        entries=samples.entries(),
        charts=samples.charts(),
        states=samples.STATES,
        segments=tuple(Segment),
        tabs_of_pages=[("通常の状態", address, None), ("エラーの状態", url_for("design.errors"), None)],
    )
