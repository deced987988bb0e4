"""Which reading of a follow-up is taken."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import Previous, ask_after
from index.models import NO_FILTERS, Answer, Filters
from tests.bot.fakes import answer

BRIDGE = Previous("How did the council vote on the bridge?", ("bridge.txt",))
SCOPE = Filters(sources=("The Gazette",))


class Articles:
    """Knows how confidently each text is answered, anywhere or in the articles quoted before."""

    def __init__(self, **confidences: float) -> None:
        self.confidences = {text.replace("_", " "): value for text, value in confidences.items()}
        self.near: dict[str, float] = {}
        self.asked: list[tuple[str, Filters]] = []

    def ask(self, question: str, filters: Filters) -> Answer:
        """Answerable from 0.5 on."""
        self.asked.append((question, filters))
        known = self.near if filters.article_ids else self.confidences
        confidence = known.get(question.strip("?"), 0.1)
        return replace(answer(question, confidence, quotes=int(confidence >= 0.5)), question=question)


def test_a_question_without_one_before_or_that_stands_alone_is_asked_once_as_it_is() -> None:
    articles = Articles()
    assert ask_after(articles.ask, "who proposed it?", None, SCOPE)[1] == ""
    assert ask_after(articles.ask, "Who is Ada Moss?", BRIDGE, SCOPE)[1] == ""
    assert articles.asked == [("who proposed it?", SCOPE), ("Who is Ada Moss?", SCOPE)]


def test_a_follow_up_is_asked_whole_and_says_so() -> None:
    articles = Articles(who_proposed_the_bridge=0.8)
    found, about, _ = ask_after(articles.ask, "who proposed it?", BRIDGE, NO_FILTERS)
    assert about == "who proposed the bridge?"
    assert found.confidence == 0.8
    assert found.question == "who proposed the bridge?"


def test_what_goes_on_about_the_same_is_looked_for_in_the_same_articles_first() -> None:
    articles = Articles(who_proposed_the_bridge=0.9)
    articles.near = {"who proposed the bridge": 0.6}
    found, *_ = ask_after(articles.ask, "who proposed it?", BRIDGE, SCOPE)
    assert found.confidence == 0.6
    assert articles.asked[0] == ("who proposed the bridge?", replace(SCOPE, article_ids=BRIDGE.articles))


def test_a_new_subject_is_looked_for_everywhere() -> None:
    articles = Articles()
    ask_after(articles.ask, "what about the ferry?", BRIDGE, SCOPE)
    assert not any(filters.article_ids for _, filters in articles.asked)


def test_a_later_reading_is_taken_only_when_it_answers_clearly_better() -> None:
    articles = Articles(who_proposed_the_bridge=0.6, who_proposed_the_council=0.7)
    assert ask_after(articles.ask, "who proposed it?", BRIDGE, SCOPE)[1] == "who proposed the bridge?"
    articles = Articles(who_proposed_the_bridge=0.6, who_proposed_the_council=0.8)
    assert ask_after(articles.ask, "who proposed it?", BRIDGE, SCOPE)[1] == "who proposed the council?"


def test_the_question_as_it_stands_wins_when_it_is_answered_clearly_better() -> None:
    articles = Articles(who_proposed_it=0.9, who_proposed_the_bridge=0.6)
    assert ask_after(articles.ask, "who proposed it?", BRIDGE, SCOPE)[1] == ""
    articles = Articles(who_proposed_it=0.7, who_proposed_the_bridge=0.6)
    assert ask_after(articles.ask, "who proposed it?", BRIDGE, SCOPE)[1] == "who proposed the bridge?"


def test_what_may_well_stand_alone_is_understood_otherwise_only_when_that_answers_clearly_better() -> None:
    question = "When did the ferry close and why did it?"
    articles = Articles(When_did_the_ferry_close_and_why_did_it=0.7)
    articles.confidences["When did the ferry close and why did the bridge"] = 0.75
    assert ask_after(articles.ask, question, BRIDGE, SCOPE)[1] == ""
    articles.confidences["When did the ferry close and why did the bridge"] = 0.9
    assert ask_after(articles.ask, question, BRIDGE, SCOPE)[1] == "When did the ferry close and why did the bridge?"


def test_questions_in_one_message_are_asked_one_by_one_the_later_in_the_light_of_the_former() -> None:
    articles = Articles(What_did_the_bridge_cost=0.9, who_opened_the_bridge=0.8)
    joined, understood, unanswered = ask_after(
        articles.ask, "What did the bridge cost and who opened it?", None, NO_FILTERS
    )
    assert joined.answerable
    assert joined.confidence == 0.8
    assert joined.question == understood == "What did the bridge cost? who opened the bridge?"
    assert unanswered == ()


def test_which_of_several_questions_is_left_open_is_told_as_it_was_understood() -> None:
    articles = Articles(What_did_the_bridge_cost=0.9)
    asked = ask_after(articles.ask, "What did the bridge cost and who opened it?", None, NO_FILTERS)
    assert asked.answer.answerable
    assert asked.unanswered == ("who opened the bridge?",)


def test_questions_that_stand_alone_are_not_said_again() -> None:
    articles = Articles(What_did_the_bridge_cost=0.9, who_won_the_recipe_fair=0.8)
    _, understood, _ = ask_after(
        articles.ask, "What did the bridge cost, and who won the recipe fair?", None, NO_FILTERS
    )
    assert understood == ""


def test_when_none_of_several_is_answered_the_message_is_asked_as_it_is() -> None:
    articles = Articles()
    found, *_ = ask_after(articles.ask, "What did the bridge cost and who opened the library?", None, NO_FILTERS)
    assert not found.answerable
    assert articles.asked[-1][0] == "What did the bridge cost and who opened the library?"
