"""What can be done with an answer once it is there, as data: buttons on Discord."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.messages import Messages


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions under one stored answer, each with its label; an empty label means that there is no such action.

    `context` stands beside every quote, the others beneath the answer.
    """

    answer_id: int
    context: str = ""
    more: str = ""
    helpful: str = ""
    not_helpful: str = ""
    dismiss: str = ""
    share: str = ""


def public(answer_id: int, messages: Messages, *, found: bool = True) -> Actions:
    """The actions under an answer that a channel sees; without `found` articles there is nothing more to show."""
    return Actions(
        answer_id,
        context=messages.button_context,
        more=messages.button_more if found else "",
        helpful=messages.button_helpful,
        not_helpful=messages.button_not_helpful,
        dismiss=messages.button_dismiss,
    )


def private(actions: Actions, messages: Messages) -> Actions:
    """The actions under an answer that one person sees: it can be shared, and Discord itself lets them dismiss it."""
    return replace(actions, dismiss="", share=messages.button_share)
