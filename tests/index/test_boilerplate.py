"""The publisher's debris goes, the article's own words stay. All samples are invented."""

from __future__ import annotations

import time

import pytest

from index import debris
from index.boilerplate import own_blocks
from index.models import Article, Block
from index.reading import layout

PROSE = [
    "Mayor Nell Ives spent the whole of Tuesday with the engineers, discussing a plan that closes the old bridge over "
    "the Lune for nine weeks and puts a free ferry in its place.",
    "“Nobody likes it,” Ives told the council late in the evening. “But the beams are rusting.”",
    "Traders in Tar Lane fear for their takings, because nine of ten customers reach them over the bridge, and they "
    "want the town to pay them for every lost day.",
    "The council will vote next week.",
]
CAPTION = "Engineers lower a lamp from the old bridge in Harbor Falls to look at its beams."


def article(text: str) -> Article:
    return Article("a", "Bridge to close", text, "a.txt", blocks=layout.blocks(layout.split_lines(text)))


def kept(text: str) -> list[str]:
    return [text[block.start : block.end] for block in own_blocks(article(text)) if block.kind == "paragraph"]


def page(*parts: str) -> str:
    return "\n\n".join(parts)


def test_a_whole_news_page_keeps_its_prose_and_nothing_else() -> None:
    text = "\n".join(
        [
            CAPTION,
            CAPTION,
            "(HFP/Lune Pictures)",
            "",
            PROSE[0],
            "",
            "Share this story",
            "",
            PROSE[1],
            "",
            "",
            "See the most-read stories in Local News this hour »",
            "",
            PROSE[2],
            "",
            "ALSO",
            "",
            "Police seek owner of the goat found on the church roof in Stonebow",
            "",
            PROSE[3],
            "",
            "",
            "",
            "Fishermen in Larkmoor count the cost of the autumn storms",
            "",
            "One of the winning bakers learned her trade at sea. Here’s what she makes for breakfast.",
            "",
            "Why a lost violin keeps the museum of Marlhaven awake at night",
            "",
            "",
            "",
            "9:05 a.m.: This story was updated with the mayor’s remarks.",
            "",
            "This story was originally published at 12:45 p.m.",
        ]
    )
    assert kept(text) == PROSE


def test_an_article_without_debris_is_untouched() -> None:
    assert kept(page(*PROSE)) == PROSE


@pytest.mark.parametrize("marks", ["abc", "ABC"])
def test_the_third_item_of_a_list_is_no_copyright_notice(marks: str) -> None:
    items = [f"({mark}) {name}" for mark, name in zip(marks, ("Old Mill", "Harbor Green", "Tar Lane"), strict=True)]
    assert kept(page(PROSE[0], *items, PROSE[1])) == [PROSE[0], *items, PROSE[1]]


@pytest.mark.parametrize("text", ["", "Yes.", "Nobody came", PROSE[0], page("No.", "No.", "Yes.")])
def test_short_articles_are_never_eaten(text: str) -> None:
    assert kept(text) == [part for part in text.split("\n\n") if part]


@pytest.mark.parametrize(
    "line",
    [
        "See the most-read stories in Harbour News this hour »",
        "More from the harbour »",
        "→ The ferry timetable in full",
        "Read more: Ferry timetable",
        "READ MORE | How the ferry was built",
        "Related: Tar Lane traders want money.",
        "Related story: Tar Lane traders want money",
        "Watch: the ferry leaves",
        "Photos: 90 years of the chain ferry",
        "Continue reading",
        "Click here to see the plans.",
        "Advertisement",
        "— ADVERTISEMENT —",
        "Story continues below advertisement",
        "Article continues after this ad.",
        "Sign up for our newsletter",
        "Sign up here for the Morning Lune newsletter and never miss a story.",
        "Get the latest harbour news in your inbox every morning.",
        "Subscribe now",
        "Already a subscriber? Sign in",
        "12 comments",
        "3 min read",
        "Follow us on Twitter @harborgazette",
        "Follow @adaquill on X.",
        "Follow Ada Quill on Facebook and Instagram for more.",
        "Find us on Facebook!",
        "ada.quill@gazette.example",
        "Twitter: @adaquill",
        "Ada Quill | ada.quill@gazette.example",
        "ada@gazette.example, tom@gazette.example",
        "Contact the writer at ada@gazette.example or 555 0100.",
        "Ada Quill can be reached at ada@gazette.example.",
        "9:05 a.m.: This story was updated with Ives’ remarks on Sunday.",
        "UPDATED: 9:05 a.m.: This article has been updated throughout.",
        "July 16, 10:05 a.m.: This post was updated with more details.",
        "This article was last updated on March 4, 2019.",
        "This story was originally published at 12:45 p.m.",
        "This story was first published on 4 March 2019, 11:05 p.m.",
        "This article first appeared in the Harbor Gazette.",
        "Updated 3:15 PM ET, Fri July 15, 2016",
        "Published: 15 July 2016",
        "By Ada Quill",
        "By Ada Quill and Tom de Vries, Staff Writer",
        "Staff writers Ada Quill and Tom Reed contributed to this report.",
        "Ada Quill in Harbor Falls contributed reporting.",
        "(Reporting by Ada Quill in Harbor Falls; Editing by Tom Reed)",
        "Reporting by Ada Quill and Tom Reed in Harbor Falls",
        "Reporting by Ada Quill Editing by Tom Reed",
        "Additional reporting by Ada Quill.",
        "Related articles: Tar Lane traders want money",
        "Email us at news@gazette.example.",
        "Contact us at news@gazette.example or @harborgazette",
        "Sign up for the evening briefing in your inbox.",
        "© 2019 Harbor Gazette",
        "Copyright 2019 Harbor Gazette. All rights reserved.",
        "All rights reserved.",
        "(HFP/Getty Images)",
        "Copyright (c) 2017-2019, Harbor Gazette",
        "(c) Harbor Gazette",
        "In other news: Ferry stops for good",
        "(Tom Reed / Harbor Gazette)",
        "Tom Reed / AP",
        "Photo: Tom Reed",
        "Photo by Tom Reed / Gazette",
        "Image courtesy of Harbor Falls Museum",
        "Share",
        "Share on Facebook",
        "Facebook Twitter Email Print",
        "Share via email | Copy link",
    ],
)
def test_wording_alone_betrays_debris(line: str) -> None:
    assert kept(page(PROSE[0], line, PROSE[1])) == PROSE[:2]


@pytest.mark.parametrize(
    "line",
    [
        "See the bridge before it closes, the mayor said, because it will never look the same.",
        "Read more books, the teacher told her class.",
        "Related families lived on both banks.",
        "More: the word that the boy kept shouting. It worked.",
        "Watch: they will do it again, she said.",
        "Advertisements covered the old bridge for most of the century.",
        "Sign up at the desk in the Guildhall before Monday.",
        "Subscribe to the idea or not, the bridge will close.",
        "Follow the path to the river and turn left on Tar Lane.",
        "Follow the signs on Facebook Street, said Ives. They are new.",
        "Find us a better bridge, the traders told the council.",
        "Contact the library at desk@library.example to book a room.",
        "Share prices fell on Tuesday.",
        "Print is not dead.",
        "This story was told on both banks for a hundred years.",
        "This story was published in 1902 and made its author rich.",
        "This report was published in 2014 and found rust in every beam.",
        "Published in 1925, the novel sold 20,000 copies.",
        "Updated plans were shown on March 4, 2019.",
        "By Friday the river had risen by two metres.",
        "By Monday night, Nell Ives had won.",
        "Dozens of scientists contributed to this report.",
        "Heavy rain contributed to this story of decay.",
        "Reporting by phone, she described the flood.",
        "Reporting by The Harbour Gazette showed that forty sprinklers had been broken since 2014.",
        "Writing by Hand improves memory in children, a study of 40 pupils found.",
        "Related costs: the county paid 90,000 dollars for the helicopters.",
        "Contact us at fire@harbor.example to report damage.",
        "Sign up for the evening briefing on flood insurance at the town hall on 5 May.",
        "Copyright law changed in 1976, when the council first met.",
        "Copyright 2019 rules forced libraries to pay more.",
        "(c) the deposit must be returned within 30 days.",
        "In other news: the mayor resigned on Monday after the vote.",
        "Subscribe to the newsletter, the mayor told residents on Monday, and 400 did.",
        "Photo albums were the first thing she saved.",
        "Reuters reported the closing on Tuesday.",
        "«Nous sommes là»",
        "Ives (Harbour List) won 611 votes.",
        "Comments were heated.",
        "Like it or not, the bridge is shut.",
        "Mail reached the island by boat.",
        "x",
        "- Prof. Nell Ives (University of Stonebow / Marlhaven College)",
    ],
)
def test_prose_that_begins_like_debris_stays(line: str) -> None:
    assert line in kept(page(PROSE[0], line, PROSE[1]))


@pytest.mark.parametrize(
    "caption",
    [
        f"{CAPTION}\n{CAPTION}",
        f"{CAPTION}\n\n{CAPTION}",
        f"{CAPTION}\n{CAPTION}\n(Tom Reed / Harbor Gazette)",
        f"{CAPTION}\n{CAPTION} (Tom Reed / Harbor Gazette)",
        f"{CAPTION}\n(HFP/Getty Images)",
        f"{CAPTION} (Tom Reed / Harbor Gazette)",
    ],
)
def test_captions_go_with_their_copies_and_credits(caption: str) -> None:
    assert kept(page(caption, *PROSE)) == PROSE
    assert kept(page(PROSE[0], caption, *PROSE[1:])) == PROSE


def test_a_wrapped_caption_given_twice_goes_too() -> None:
    wrapped = CAPTION.replace("Harbor Falls ", "Harbor Falls\n")
    assert kept(page(f"{wrapped}\n{wrapped}", *PROSE)) == PROSE


def test_a_credit_in_single_spaced_text_takes_no_prose_with_it() -> None:
    text = "\n".join([PROSE[0], PROSE[1], "(HFP/Getty Images)", PROSE[2]])
    assert kept(text) == PROSE[:3]


def test_an_export_that_doubled_every_paragraph_keeps_one_copy_of_each() -> None:
    short = [f"The {day} ferry left Harbor Falls on time." for day in ("first", "second", "third", "fourth", "fifth")]
    assert kept(page(*(part for part in short for _ in range(2)))) == short


def test_a_labelled_list_of_headlines_goes_and_the_prose_below_stays() -> None:
    text = page(
        PROSE[0], "Related stories", "Ferry fares rise in April", "Lifeboat crew honoured for rescue", *PROSE[1:]
    )
    assert kept(text) == PROSE


def test_a_label_above_prose_takes_nothing_with_it() -> None:
    assert kept(page(PROSE[0], "See also", *PROSE[1:])) == PROSE


def test_links_to_other_articles_at_the_end_go() -> None:
    links = [
        "[Goat found on the roof in Stonebow](https://gazette.example/1)",
        "[Violin lost again](https://gazette.example/2)",
    ]
    assert kept(page(*PROSE, "Most read", *links)) == PROSE


HEADLINES = [
    "Fishermen in Larkmoor count the cost of the autumn storms",
    "Lost violin keeps the museum of Marlhaven awake at night",
    "Goat found on the church roof in Stonebow goes home",
]


def test_three_headlines_of_other_articles_at_the_end_go() -> None:
    assert kept(page(*PROSE, *HEADLINES)) == PROSE


def test_two_headlines_go_behind_a_gap_wider_than_any_other() -> None:
    assert kept(page(*PROSE) + "\n\n\n\n" + page(*HEADLINES[:2])) == PROSE


@pytest.mark.parametrize(
    "ending",
    [
        ["The vote was close.", "Nobody clapped."],
        HEADLINES[:1],
        HEADLINES[:2],
        [
            "Council vote on the old bridge and the free ferry",
            "Traders in Tar Lane fear for takings over closed bridge",
            "Engineers plan for rusting beams of the bridge",
        ],
        ["Harbor Falls 3, Larkmoor 1", "Stonebow 0, Marlhaven 2", "Brackwater 4, Wendmouth 4"],
        ["Harbor Guildhall, Market Square 4", "Open Monday to Friday 9 to 5", "Closed on Sundays and feast days"],
        [
            "- Fishermen count the cost of the autumn storms",
            "- A lost violin keeps the museum awake",
            "- A goat goes home",
        ],
        ["{x over y}", "may mean that the set of all bridges is empty."],
        ["Under the bridge the river sleeps,", "and over it the heron keeps", "a watch that nobody has set."],
    ],
    ids=["short prose", "one line", "two lines", "same subject", "results", "address", "list", "formula", "verse"],
)
def test_other_endings_stay(ending: list[str]) -> None:
    text = page(*PROSE, *ending)
    own = own_blocks(article(text))
    assert [line for block in own for line in text[block.start : block.end].splitlines()] == [*PROSE, *ending]


def test_headlines_in_the_middle_are_headings_and_cost_no_prose() -> None:
    assert kept(page(PROSE[0], HEADLINES[0], *PROSE[1:])) == PROSE


def test_a_date_above_all_prose_goes_but_a_date_further_down_stays() -> None:
    parts = ["March 4, 2019", *PROSE[:2], "March 5, 2019", *PROSE[2:]]
    text = page(*parts)
    blocks = tuple(Block("paragraph", text.index(part), text.index(part) + len(part)) for part in parts)
    own = own_blocks(Article("a", "Bridge to close", text, "a.html", blocks=blocks))
    assert [text[block.start : block.end] for block in own] == parts[1:]


@pytest.mark.parametrize("unit", ["A-", "A ", "And ", "A, ", "A/", "A via ", "1 ", "May ", "a.m. ", "@ab, ", "a.b@c."])
@pytest.mark.parametrize("opening", ["", "By ", "Photo by ", "This story was published ", "Follow ", "("])
def test_no_line_makes_the_matching_slow(opening: str, unit: str) -> None:
    line = (opening + unit * 400)[:399] + "!"
    began = time.perf_counter()
    for judge in (debris.is_debris, debris.is_credit, debris.ends_in_credit, debris.is_stamp, debris.is_label):
        judge(line)
    assert time.perf_counter() - began < 0.5
