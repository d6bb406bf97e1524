"""No article carries a script, wherever somebody puts it; plain typing becomes paragraphs."""

import re

import pytest

from parindex.apps.news.markup import Part, body_from, clean, lines_of, parts_of, plain
from parindex.apps.news.rules import plain_url
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused


VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href=https://x.example onclick=alert(1) style='position:fixed'>x</a>",
    "<p onmouseover=alert(1) style='background:url(javascript:1)' class=btn id=main>x</p>",
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x><applet></applet>",
    "<form action=https://evil.example><input name=a><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'><base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example><style>*{display:none}</style>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<p>x</p><!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
]
ALLOWED = re.compile(
    r"</?(?:p|br|h2|h3|ul|ol|li|blockquote|hr|strong|b|em|i|u|s|sub|sup|table|thead|tbody|tr|th|td)>"
    r"|<t[hd](?: (?:colspan|rowspan)=\"[^\"<>]*\")*>|</a>"
    r"|<a(?: href=\"(?:https?:|mailto:|/)[^\"<>]*\")? rel=\"noopener noreferrer nofollow\">"
)


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("around", ["{}", "<p>trước</p>{}<p>sau</p>", "<table><tr><td>{}</td></tr></table>"])
def test_nothing_but_plain_marks_is_left(vector, around):
    """Every tag that stays is one of a few, with its own attributes alone; cleaning again changes nothing."""
    kept = body_from(around.format(vector))
    assert ALLOWED.sub("", kept).count("<") == 0, kept
    assert clean(kept) == kept


def test_a_script_goes_with_all_it_says():
    """Its text does not become a paragraph."""
    assert body_from("<p>Một</p><script>alert(1)</script><style>p{}</style>") == "<p>Một</p>"


def test_what_an_editor_makes_stays():
    """Headings, lists, quotes, tables, links."""
    text = (
        "<h2>Đề mục</h2><p>Đoạn <strong>đậm</strong> và <em>nghiêng</em>.</p><ul><li>Một</li></ul>"
        "<blockquote><p>Lời</p></blockquote><table><tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert body_from(text) == text
    link = body_from('<p><a href="https://x.example/a?b=1&amp;c=2">x</a></p>')
    assert 'href="https://x.example/a?b=1&amp;c=2"' in link


def test_plain_typing_becomes_paragraphs_headings_and_lists():
    """And what looks like markup in it is text."""
    typed = "Dòng một\r\nDòng hai\r\n\r\n## Đề mục\n\n- một\n- hai < ba\n\n1 < 2 & <b>không đậm</b>"
    assert body_from(typed) == (
        "<p>Dòng một<br>Dòng hai</p><h2>Đề mục</h2><ul><li>một</li><li>hai &lt; ba</li></ul>"
        "<p>1 &lt; 2 &amp; &lt;b&gt;không đậm&lt;/b&gt;</p>"
    )


def test_empty_paragraphs_are_nothing():
    """An editor sends them for an empty field."""
    assert body_from("<p></p><p> &nbsp;<br></p>") == ""
    assert body_from("  ") == ""


def test_accents_are_composed_and_lines_are_one():
    """Whichever keyboard wrote them."""
    assert one_line(" Tie\u0302\u0301ng\n Vie\u0323\u0302t\u202e\u0000 ") == "Tiếng Việt"
    assert body_from("Vie\u0323\u0302t") == "<p>Việt</p>"


def test_a_body_is_cut_at_its_pictures():
    """A line that says so and nothing else."""
    body = body_from("Một\n\n[ảnh 2]\n\nHai [ảnh 1] giữa câu\n\n[Picture 3]")
    assert parts_of(body) == [
        Part(html="<p>Một</p>"),
        Part(picture=2),
        Part(html="<p>Hai [ảnh 1] giữa câu</p>"),
        Part(picture=3),
    ]


def test_words_and_lines_of_a_body():
    """For searching, and for telling two revisions apart."""
    body = "<h2>A</h2><p>b &amp; c<br>d</p><ul><li>e</li></ul>"
    assert plain(body) == "A b & c d e"
    assert lines_of(body) == ["A", "b & c", "d", "e"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" HTTPS://Cong.Example:443/Tin?utm_source=x&id=5#dau ", "https://cong.example/Tin?id=5"),
        ("http://cong.example", "http://cong.example/"),
        ("https://cong.example/a?b=%20&c", "https://cong.example/a?b=%20&c"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ],
)
def test_one_address_is_written_one_way(typed, kept):
    """So that it is registered once."""
    assert plain_url(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "cong.example/tin",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://cong.example/",
        "file:///etc/passwd",
        "https://",
        "https://ten:mat-khau@cong.example/",
        "https://cong.example/a b",
        'https://cong.example/"><script>',
        "https://cong.example:99999/",
        "https://[::1/",
        "https://cong.example/" + "a" * 500,
    ],
)
def test_what_is_no_address_on_the_web_is_refused(typed):
    """Scripts, passwords, other protocols, spaces."""
    with pytest.raises(Refused) as refusal:
        plain_url(typed)
    assert refusal.value.code == "news_url_unusable"
