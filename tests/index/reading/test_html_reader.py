"""A saved web page: the article is found, the page around it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import UnreadableArticle
from index.models import Article
from index.reading import html

PROSE = "The old bridge over the Lune will close on Monday for nine weeks, the council of Harbor Falls said."
PAGE = f"""\
<!DOCTYPE html><html lang="en"><head><title>Bridge to close | Harbor Gazette</title>
<meta property="og:site_name" content="Harbor Gazette"><meta property="og:title" content="Bridge to close">
<meta name="author" content="Ada Quill"><meta property="article:published_time" content="2019-03-04T23:30:00-08:00">
<link rel="canonical" href="https://gazette.example/bridge"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Bridge to close</h1>
<figure><img src="a.jpg"><figcaption>Workers look at the bridge. (Tom Reed / Gazette)</figcaption></figure>
<p>{PROSE}</p><p>“We have no choice,” said the mayor.<br>“The beams
are rusting.”</p>
<h2>What comes next</h2><p>A ferry will run <b>every 20 minutes</b> from six in the morning.</p>
<ul><li>Adults pay $2.</li><li>Pupils pay nothing.</li></ul>
<blockquote><p>It is the third closing in ten years.</p></blockquote>
<table><tr><th>Year</th><th>Weeks</th></tr><tr><td>2010</td><td>4</td></tr></table>
<pre><code>x = 1</code></pre></article>
<footer>© 2019 Harbor Gazette. All rights reserved.</footer></body></html>"""


def read(folder: Path, page: str | bytes) -> Article:
    file = folder / "page.html"
    file.write_bytes(page if isinstance(page, bytes) else page.encode())
    (article,) = html.read(file, "news/page.html")
    return article


def spans(article: Article) -> list[tuple[str, str]]:
    return [(block.kind[0], article.text[block.start : block.end]) for block in article.blocks]


def test_the_article_is_found_with_its_metadata(tmp_path: Path) -> None:
    article = read(tmp_path, PAGE)
    assert article.id == article.path == "news/page.html"
    assert (article.title, article.author, article.source) == ("Bridge to close", "Ada Quill", "Harbor Gazette")
    assert (article.url, article.published) == ("https://gazette.example/bridge", "2019-03-04T23:30:00-08:00")


def test_blocks_follow_the_page_without_title_caption_code_and_footer(tmp_path: Path) -> None:
    assert spans(read(tmp_path, PAGE)) == [
        ("p", PROSE),
        ("p", "“We have no choice,” said the mayor."),
        ("p", "“The beams are rusting.”"),
        ("h", "What comes next"),
        ("p", "A ferry will run every 20 minutes from six in the morning."),
        ("p", "- Adults pay $2."),
        ("p", "- Pupils pay nothing."),
        ("p", "It is the third closing in ten years."),
        ("p", "Year | Weeks"),
        ("p", "2010 | 4"),
    ]


def test_the_date_may_stand_in_linked_data(tmp_path: Path) -> None:
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2018-05-04T10:00:00Z"}</script>'
    )
    page = f"<html><head><title>Bridge</title>{data}</head><body><article><p>{PROSE}</p></article></body></html>"
    assert str(read(tmp_path, page).published).startswith("2018-05-04")


def test_a_year_somewhere_in_the_page_is_no_date(tmp_path: Path) -> None:
    page = f"<html><head><title>Bridge</title></head><body><p>{PROSE}</p><p>Copyright 2012</p></body></html>"
    assert read(tmp_path, page).published is None


def test_a_page_without_title_is_named_after_its_file(tmp_path: Path) -> None:
    assert read(tmp_path, f"<html><body><p>{PROSE}</p></body></html>").title == "Page"


def test_one_short_sentence_is_enough(tmp_path: Path) -> None:
    assert spans(read(tmp_path, "<html><body><p>The bridge is shut.</p></body></html>")) == [
        ("p", "The bridge is shut.")
    ]


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    head = '<head><meta charset="windows-1251"><title>Мост</title></head>'
    page = f"<html>{head}<body><p>Мост будет закрыт.</p></body></html>"
    article = read(tmp_path, page.encode("cp1251"))
    assert (article.title, article.text) == ("Мост", "Мост будет закрыт.")


@pytest.mark.parametrize(
    "page",
    ["<html></html>", "<html><body><script>var x = 1</script></body></html>", "<", "no markup", "<p>...</p>"],
)
def test_a_page_without_an_article_is_refused_with_advice(tmp_path: Path, page: str) -> None:
    with pytest.raises(UnreadableArticle, match=r"no article text was found.*Save"):
        read(tmp_path, page)


FACTS = (
    "<h2>What it costs</h2><ul><li>Adults pay $2.</li></ul><h2>Sizes</h2><dl><dt>Depth</dt><dd>Nine metres</dd></dl>"
    "<h2>Opening</h2><p>It opens in May, says the firm that poured the last of the concrete.</p>"
)


@pytest.mark.parametrize("around", ["{}", "<div class='WordSection1'>{}</div>", "<section>{}</section>"])
@pytest.mark.parametrize("paragraphs", [3, 20])
def test_lists_and_headings_are_found_where_no_element_marks_the_article(
    tmp_path: Path, around: str, paragraphs: int
) -> None:
    prose = "".join(f"<p>{PROSE} Part {number}.</p>" for number in range(paragraphs))
    main = around.format(f"<h1>Bridge</h1>{prose}{FACTS}")
    page = (
        "<html><head><title>Bridge</title></head><body><nav><ul><li><a href='/'>Home</a></li></ul></nav>"
        f"{main}<div id='sidebar'><p>The goat on the roof is found.</p></div>"
        "<footer><p>Imprint</p></footer></body></html>"
    )
    article = read(tmp_path, page)
    found = spans(article)
    assert len(found) == paragraphs + 7
    assert {("h", "What it costs"), ("p", "- Adults pay $2."), ("h", "Opening")} <= set(found)
    assert "Nine metres" in article.text


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("It was built in 2016<sup>2</sup>.", "It was built in 2016²."),
        ("It weighs 10<sup>6</sup> kg and 10<sup>-3</sup> t.", "It weighs 10⁶ kg and 10⁻³ t."),
        ("It cost $4<sup><a href='#n3'>3</a></sup> in all.<sup>4</sup> Yes.", "It cost $4 in all. Yes."),
        ("It cost $4<a href='#n3'><sup>3</sup></a> in all<sup>[5]</sup>.", "It cost $4 in all."),
        ("It was the 5<sup>th</sup> of May, with H<sub>2</sub>O.", "It was the 5th of May, with H2O."),
        ("It is 5 m<sup><sup>2</sup></sup> large.", "It is 5 m² large."),
        ("It was <del>2016</del><ins>2017</ins>.", "It was 2017."),
        ("It costs <s>$3</s> $5.", "It costs $5."),
    ],
)
def test_raised_and_struck_figures_do_not_run_into_others(tmp_path: Path, markup: str, words: str) -> None:
    page = f"<html><body><article><p>{PROSE}</p><p>{markup}</p><p>{PROSE} Twice.</p></article></body></html>"
    assert spans(read(tmp_path, page))[1] == ("p", words)


def test_the_lines_of_a_table_cell_stay_apart(tmp_path: Path) -> None:
    row = "<tr><td>Architects</td><td>Ada <b>Qu</b>ill<br>Tom Reed</td></tr>"
    page = f"<html><body><article><p>{PROSE}</p><table>{row}</table><p>{PROSE} Twice.</p></article></body></html>"
    assert spans(read(tmp_path, page))[1] == ("p", "Architects | Ada Quill Tom Reed")
