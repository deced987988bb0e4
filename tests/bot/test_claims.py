"""What a chat message claims."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims import claims


@pytest.mark.parametrize(
    "empty", ["", "  \n", "https://a.example/x?y=z", "<@1> <#2> <:hm:3> <t:4:D>", "🎉🎉", "123", "```\n```", "\u202e"]
)
def test_a_message_without_words_claims_nothing(empty: str) -> None:
    assert claims(empty, 1000) == ()


def test_a_short_message_is_looked_up_as_it_is() -> None:
    assert claims("the bridge cost 28 million", 1000) == ("the bridge cost 28 million",)


def test_what_is_no_word_of_the_claim_is_left_out() -> None:
    message = "> <@1> **The bridge** cost ||28 million||, see https://a.example/x_y and snake_case"
    assert claims(message, 1000) == ("The bridge cost 28 million, see and snake_case",)


def test_of_several_sentences_each_telling_one_is_looked_up_too() -> None:
    assert claims("Lol. I read that the bridge cost 28 million. Nobody asked the ferrymen about it!", 1000) == (
        "Lol. I read that the bridge cost 28 million. Nobody asked the ferrymen about it!",
        "the bridge cost 28 million.",
        "Nobody asked the ferrymen about it!",
    )


@pytest.mark.parametrize(
    ("message", "claim"),
    [
        ("I heard that the bridge cost 28 million", "the bridge cost 28 million"),
        ("I read somewhere that Larkmoor voted against it", "Larkmoor voted against it"),
        ("lol the bridge opened in 2019, everyone knows", "the bridge opened in 2019"),
        ("Hey all, someone told me the library was closed", "the library was closed"),
        ("Fun fact: the river flooded 500 homes!", "the river flooded 500 homes!"),
        ("we all know: the bridge is red, right?", "the bridge is red"),
    ],
)
def test_a_claim_is_looked_up_without_the_talk_around_it_too(message: str, claim: str) -> None:
    assert claims(message, 1000) == (message, claim)


@pytest.mark.parametrize("message", ["The mayor said that it is closed", "Wellington is far away", "Hindsight is easy"])
def test_what_belongs_to_the_claim_stays(message: str) -> None:
    assert claims(message, 1000) == (message,)


def test_only_the_first_sentences_of_a_long_message_are_looked_up() -> None:
    assert len(claims("The bridge cost a lot. " * 3 + "".join(f"The town paid {n}. " for n in range(90)), 1000)) <= 6


@given(st.text(max_size=300), st.sampled_from([10, 100]))
def test_no_claim_outgrows_the_limit(message: str, limit: int) -> None:
    assert all(0 < len(claim) <= limit for claim in claims(message, limit))
