"""Small drawings as SVG that need neither script nor network: boxes, lines and words."""

from dataclasses import dataclass, field

from markupsafe import Markup

_WIDE = "\u2e80"
"""From here on letters are about as wide as they are high."""


@dataclass
class Drawing:
    """What has been drawn so far."""

    width: int
    height: int
    title: str
    """What a reader who does not see it is told."""
    name: str
    """Unlike that of every other drawing of its page."""
    _parts: list[Markup] = field(default_factory=list)

    def line(self, points: list[tuple[float, float]], *, kind: str = "", arrow: bool = False) -> None:
        """Draw a line through points, smooth where there are four (Bézier)."""
        head, rest = points[0], points[1:]
        way = "C" if len(points) == 4 else "L"
        path = f"M{_at(head)}{way}{' '.join(_at(point) for point in rest)}"
        marker = Markup(' marker-end="url(#{}-arrow)"').format(self.name) if arrow else Markup()
        self._parts.append(Markup('<path class="{}" d="{}"{}/>').format(f"line {kind}".strip(), path, marker))

    def box(self, middle: tuple[float, float], size: tuple[float, float], words: str, *, kind: str = "") -> None:
        (x, y), (width, height) = middle, size
        self._parts.append(
            Markup('<rect class="{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="6"/>').format(
                f"box {kind}".strip(), x - width / 2, y - height / 2, width, height
            )
        )
        self.words((x, y + 5), words)

    def dot(self, middle: tuple[float, float], words: str) -> None:
        """Draw a small circle with a number in it."""
        self._parts.append(Markup('<circle class="dot" cx="{:g}" cy="{:g}" r="10"/>').format(*middle))
        self.words((middle[0], middle[1] + 4), words, kind="small")

    def words(self, middle: tuple[float, float], words: str, *, kind: str = "", anchor: str = "middle") -> None:
        """Write words, centred on a point of their base line unless told otherwise."""
        classes = Markup(' class="{}"').format(kind) if kind else Markup()
        self._parts.append(
            Markup('<text{} x="{:g}" y="{:g}" text-anchor="{}">{}</text>').format(classes, *middle, anchor, words)
        )

    def svg(self) -> Markup:
        """Give the whole as an element of a page."""
        head = Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{0}" width="{1}" height="{2}"'
            ' viewBox="0 0 {1} {2}">\n<defs><marker id="{3}-arrow" viewBox="0 0 10 10" refX="9" refY="5"'
            ' markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0L10 5L0 10z"/></marker></defs>\n'
        ).format(self.title, self.width, self.height, self.name)
        return head + Markup("\n").join(self._parts) + Markup("\n</svg>")


def wrapped(words: str, *, width: int) -> list[str]:
    """Break words into lines of at most ``width`` half-width letters."""
    lines, used = [""], 0
    for letter in words:
        takes = 2 if letter >= _WIDE else 1
        if used + takes > width:
            lines.append("")
            used = 0
        lines[-1] += letter
        used += takes
    return lines


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:g} {point[1]:g}"
