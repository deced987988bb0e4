"""What publishers put around an article, told by its wording: one readable list, each entry with its reason.

A pattern must match a whole paragraph, blanks collapsed. When in doubt a line stays in: a stray promotion is a
blemish, a lost sentence is a wrong answer. `boilerplate.py` judges what only its place betrays.
"""

from __future__ import annotations

import re

_LONGEST = 400
"""Characters; nothing longer is ever debris by its wording."""

# Building blocks. Their repetitions never overlap, so that no line makes the matching slow.
_NAME = r"(?-i:[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|and|of|de|van|von|der|&)){0,7})"
_NAMES = rf"{_NAME}(?:\s*(?:/|\||,|\bvia\b)\s*{_NAME}){{0,5}}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME_WORD = (
    rf"(?:\d+(?:st|nd|rd|th)?|{_MONTH}|{_WEEKDAY}|[ap]\.?m|noon|midnight|[ecmp][sd]?t|gmt|utc|bst|at|on|of|the)"
)
_WHEN = rf"(?=\D*\d){_TIME_WORD}(?:[\s,.:/|–-]+{_TIME_WORD})*\.?"
_RELATED = r"(?:story|stories|articles?|coverage|content|news|links?|posts?|topics?|reading|videos?)"
_STORY = r"(?:story|article|post|column|live ?blog)"
_CREDITED = r"(?:additional )?(?:reporting|writing|editing) by"
_AD = r"(?:advertisement|ad|video|gallery)"
_NETWORK = r"(?:Twitter|X|Facebook|Instagram|LinkedIn|YouTube|TikTok|Threads|Mastodon|Bluesky|WhatsApp|Telegram)"
_AGENCY = (
    r"(?:AFP|AP|EPA|Getty Images|Getty|Reuters|Associated Press|Agence France-Presse|Bloomberg|Shutterstock|"
    r"Alamy|iStock|Handout)"
)
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_HANDLE = r"@\w{2,30}"
_ADDRESS = rf"(?:(?:twitter|x|instagram|e-?mail)\s*:?\s*)?(?:{_MAIL}|{_HANDLE})"

_PATTERNS = (
    # "See the most-read stories in Sport today", "Read our latest coverage"
    r"(?:see|view|read|browse) (?:all )?(?:of )?(?:the|our|today['’]s) (?:most|latest|top)\b[^.!?]{0,100}",
    # "More from the harbour »": an arrow at the end or in front; closing French quotation marks are none
    r"[^.!?«‹]{3,140}(?:»|>>|→|▸|▶)",
    r"(?:»|>>|→|▸|▶)[^.!?»]{3,140}",
    # "Read more: …", "Related: …"
    r"(?:read (?:more|next|also)|also read|see (?:also|more)|don['’]t miss|main articles?|"
    rf"related(?: {_RELATED})?|what to read next)\s*[:|–—].{{3,250}}|in other news\s*[:|–—][^.!?]{{3,250}}",
    r"(?:lesen sie auch|mehr zum thema|(?:à )?lire aussi|lea también)\s*[:|–—].{3,250}",
    # "Watch: …", "Photos: …"; a full stop would make it a sentence
    r"(?:watch|listen|photos?|video|(?:photo )?gallery|slideshow|interactive|podcast|more)\s*[:|][^.!?:]{3,160}",
    # "Continue reading", "Click here to read the first part"
    r"(?:continue|keep) reading(?: the (?:main|full) story)?|(?:read|show|load) (?:more|less)|read (?:the )?full story",
    r"click here(?: (?:to|for) [^.!?]{2,80})?\.?|(?:next|previous) (?:article|story)|back to top|"
    r"skip to (?:main )?content",
    # "Advertisement", "Sponsored content"
    r"\W*(?:advertisements?|advertising|sponsored(?: content)?|promoted content|anzeige|publicidad|publicité)\W*",
    # "Story continues below advertisement", "Article continues after this ad"
    rf"(?:advertisement\W+)?(?:the |this )?(?:{_STORY}|content) continues(?: (?:below|after|beneath))?"
    rf"(?: (?:the |this )?{_AD})?\W*|(?:advertisement\W+)?continue reading below\W*",
    # "Sign up for our newsletter", "Get today's headlines in your inbox"
    r"(?:sign up|subscribe|register|receive our|want more|get (?:our|today['’]s|the latest|the best|breaking))\b"
    r"(?=.*\b(?:newsletters?|(?:e-?mail|news) alerts?|your inbox)\b)"
    r"(?!.*\b(?:said|told|says)\b).{0,220}",
    # "Subscribe now", "Become a member today", "Already a subscriber?"
    r"(?:subscribe|become a (?:subscriber|member)|sign in|log in|support (?:our|independent|local) journalism)"
    r"(?: (?:now|today|here))?[.!]?|already a (?:subscriber|member)\?.{0,40}",
    # "12 comments", "Leave a comment", "3 min read"
    r"(?:\d+|leave a|post a|add a|view|join the) (?:comments?|conversation)(?: \(\d+\))?|comments are closed\.?",
    r"\d+ (?:shares|min(?:ute)?s? read)",
    # "Follow us on Twitter @harborgazette", "Follow Ada Quill at @adaquill."
    rf"(?:follow(?: (?:us|me|him|her|them|{_NAME}|{_HANDLE}))?|(?:find|like|join|connect with) us)"
    rf"(?: \({_HANDLE}\))? (?:on|at) (?:{_NETWORK}|{_HANDLE})(?![\w-])[^.!?]{{0,120}}[.!]?",
    # "ada@gazette.example", "Twitter: @adaquill", "Ada Quill | ada@gazette.example"
    rf"{_ADDRESS}(?:[\s|,;/·•]+{_ADDRESS})*",
    rf"{_NAME}\s*[|,:–—]?\s*\(?(?:{_MAIL}|{_HANDLE})\)?",
    # "Contact the writer at …", "Ada Quill can be reached at …", "Email us at …"
    # but not "Contact us at … to report damage"
    rf"(?:e-?mail|contact|reach) (?:us|them)(?: (?:at|on|via))?:? {_ADDRESS}(?:(?:,| or) {_ADDRESS})*[.!]?",
    rf"(?:(?:e-?mail|contact|reach) (?:the (?:writer|author|reporter)s?|him|her|me)\b|"
    rf"{_NAME} (?:can|may) be (?:reached|contacted))(?=.*(?:{_MAIL}|{_HANDLE})).{{0,160}}",
    # "9:05 a.m.: This story was updated, with the mayor's remarks."
    rf"(?:update[ds]?\b\s*[:,–—-]?\s*)?(?:{_WHEN}\s*[:–—-]\s*)?this {_STORY} (?:was|has been|is being|will be) "
    r"(?:(?:last|most recently|first) )?(?:updated|revised|edited)\b[^!?]{0,160}",
    # "This story was originally published at 12:45 p.m.", "This article first appeared in the Harbor Gazette."
    rf"this {_STORY} (?:(?:was|has been) )?(?:first |originally |also )?(?:published|posted|printed|appeared)"
    rf"(?: (?:on|at|in|by))?(?: the)? (?:{_WHEN}|{_NAME}(?:,? (?:on )?{_WHEN})?)\.?",
    # "Updated 3:15 PM ET, Fri July 15, 2016", "Published: 15 July 2016"
    rf"(?:first |originally |last )?(?:published|updated|posted|modified)(?: (?:on|at))?\s*:?\s*{_WHEN}",
    # "By Ada Quill, Staff Writer"
    rf"by {_NAME}(?:,? (?:staff (?:writer|reporter)|(?:chief |senior )?(?:correspondent|reporter|editor)))?",
    # "Staff writers Ada Quill and Tom Reed in Harbor Falls contributed to this report."
    r"(?:(?-i:[A-Z][\w.'’-]*|and|in|from|at|of|de|van|von|staff|writers?|reporters?|correspondents?|editors?)"
    r"[,;]?\s+)+contributed (?:to this (?:report|story|article)|(?:to )?reporting)(?: from [\w ,]{2,60})?\.?",
    # "(Reporting by Ada Quill; Editing by Tom Reed)"
    # but not "Reporting by the Harbor Gazette showed that …"
    rf"\(?{_CREDITED} {_NAME}(?: in {_NAME}){{0,2}}(?:[.)\]]*|\s*[;,(\[].{{0,200}}|\s+{_CREDITED}.{{0,200}})",
    # "© 2019 Harbor Gazette", "All rights reserved."
    # but not "(c) the deposit must be returned": that is the third item of a list
    r"(?:copyright )?©\s?.{2,200}|all rights reserved\.?|"
    rf"(?:copyright\s*(?:\(c\)|(?=\d{{4}}))|\(c\))\s*(?:\d{{4}}(?:\s?[-–]\s?\d{{2,4}})?,?\s+)?(?:by )?{_NAMES}\.?"
    r"(?:\s*all rights reserved\.?)?",
)

_CREDITS = (
    # "Photo: Tom Reed", "Photo by Tom Reed / Gazette"
    r"\(?(?:photos?|images?|pictures?|photo credit|image credit|credit|illustration)(?: by)?\s*:[^.!?]{2,100}\)?",
    rf"\(?(?:photos?|image|illustration) (?:by|courtesy of) {_NAMES}\)?",
    # "(AFP/Getty Images)", "Tom Reed / AP"
    rf"[(\[]?(?:{_NAMES}\s*[/|,]\s*)?{_AGENCY}(?:\s*(?:/|\||,|\bvia\b)\s*{_NAMES})?[)\]]?",
    # "(Tom Reed / Harbor Gazette)"
    rf"\({_NAME}(?:\s*(?:/|\||\bvia\b)\s*{_NAME}){{1,5}}\)",
)

_LABELS = (
    r"(?-i:ALSO)|see also|read (?:next|more|also)|up next|keep reading|what to read next|in other news|don['’]t miss",
    rf"related(?: {_RELATED})?",
    r"(?:more|latest|top|other|popular|recommended|featured) (?:stories|news|articles|headlines|coverage|posts)",
    rf"more (?:from|on|in|about) (?:this (?:story|topic)|(?:the )?{_NAME})",
    r"most (?:read|popular|viewed|shared|commented)|trending(?: now)?|editors?['’]s? picks?|from the archives?",
    r"recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested in)",
    r"mehr zum thema|das könnte sie auch interessieren|à lire aussi|más noticias",
)
"""Headings of lists of other articles."""

_BUTTONS = frozenset(
    """share tweet email e-mail print save pin like comment comments link copy copied facebook twitter x linkedin
    whatsapp reddit pinterest instagram flipboard telegram""".split()
)
_BUTTON_FILLERS = frozenset(("this", "article", "story", "page", "on", "via", "by", "to", "and"))
"""What rows of sharing buttons are made of."""


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_DEBRIS, _CREDIT, _LABEL = _any_of(_PATTERNS + _CREDITS), _any_of(_CREDITS), _any_of(_LABELS)
_CREDIT_AT_END = re.compile(rf"[^\W\d_].*[.!?…][\"”’]?\s\((?:{_NAME}(?:\s*/\s*{_NAME}){{1,5}}|Getty Images)\)")
_STAMP = re.compile(rf"(?=.*\d{{4}}){_WHEN}", re.IGNORECASE)


def is_debris(words: str) -> bool:
    """True when a paragraph with these words (blanks collapsed) is certainly no part of an article."""
    return len(words) <= _LONGEST and (bool(_DEBRIS.fullmatch(words)) or _is_button_row(words))


def is_credit(words: str) -> bool:
    """True for the line that says whose picture it is: `(AFP/Getty Images)`."""
    return len(words) <= _LONGEST and bool(_CREDIT.fullmatch(words))


def ends_in_credit(words: str) -> bool:
    """True for a caption with its credit: `Workers inspect the bridge. (Tom Reed / Gazette)`."""
    return len(words) <= _LONGEST and bool(_CREDIT_AT_END.fullmatch(words))


def is_stamp(words: str) -> bool:
    """True for a date and nothing else, as it stands below a title."""
    return len(words) <= _LONGEST and bool(_STAMP.fullmatch(words))


def is_label(words: str) -> bool:
    """True for the heading of a list of other articles: `ALSO`, `More from Harbor Falls`."""
    return len(words) <= _LONGEST and bool(_LABEL.fullmatch(words.rstrip(":").strip("*_ ")))


def _is_button_row(words: str) -> bool:
    parts = re.findall(r"[^\W\d_](?:[\w-]*\w)?", words.lower())
    return (
        0 < len(parts) <= 20
        and parts[0] in _BUTTONS
        and {"x"} != set(parts)
        and _BUTTONS.union(_BUTTON_FILLERS).issuperset(parts)
    )
