"""The report: one page that needs nothing else, in which what somebody typed stays text."""

import re
from html.parser import HTMLParser

from replearn.taking_home.asked import Asked, Table
from replearn.taking_home.lesson_answers import LessonAnswer
from replearn.taking_home.report import report

HOSTILE = "<img src=x onerror=alert(1)>\"'</style><script>alert(2)</script>"
KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "header", "section", "h1", "h2", "h3"),
    *("small", "p", "div", "figure", "figcaption", "img", "table", "thead", "tbody", "tr", "th"),
    *("td", "a", "details", "summary", "pre", "ol", "li", "br", "span"),
}


class Tags(HTMLParser):
    """What stands in a page."""

    def __init__(self):
        super().__init__()
        self.found, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def read(page):
    tags = Tags()
    tags.feed(page)
    return tags.found, "".join(tags.text)


def test_what_was_typed_stays_text_everywhere(log):
    log.add(
        Asked(
            HOSTILE,
            HOSTILE,
            (),
            lambda _: f"ask({HOSTILE!r})",
            HOSTILE,
            Table((HOSTILE, "p"), ((HOSTILE, 0.5),)),
            HOSTILE,
        ),
        link="tab=zero-shot&labels=%3Cimg%3E",
    )
    answer = LessonAnswer(HOSTILE, HOSTILE, HOSTILE, "right")
    found, text = read(report(log.entries, [answer], 'http://127.0.0.1/"><script>x</script>'))
    assert {tag for tag, _ in found} <= KNOWN
    assert not [one for one in found if one[0] == "img"]
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]
    assert text.count("<script>alert(2)</script>") >= 9
    (link,) = [attributes for tag, attributes in found if tag == "a"]
    assert link["href"].startswith("http://127.0.0.1/")


def test_it_needs_nothing_else(log, asked):
    log.add(asked())
    page = report(log.entries)
    found, text = read(page)
    assert [one["src"][:22] for tag, one in found if tag == "img"] == ["data:image/png;base64,"]
    assert "http" not in re.sub(r"http-equiv", "", page)
    assert "default-src 'none'" in page
    for shown in ("What is it?", "0.75", "photo-clip | level 0", "a blue one", "ask(0)"):
        assert shown in text


def test_answers_in_lessons_stand_in_it(log, asked):
    log.add(asked())
    answers = [
        LessonAnswer("CLIP", "What is the temperature?", "a factor", "a divisor"),
        LessonAnswer("CLIP", "And the cosine?", "from -1 to 1", "from -1 to 1"),
        LessonAnswer("Maps", "Which neighbours?", "of the full space", "of the full space"),
    ]
    text = read(report(log.entries, answers))[1]
    assert "2 of 3 questions right at the first try" in text
    assert text.count("CLIP") == 1
    assert "✗ a factor" in text
    assert "Right: a divisor" in text


def test_what_was_left_out_is_said(log, asked):
    log.add(asked())
    assert "3 older ones weren't kept" in read(report(log.entries, left_out=3))[1]
