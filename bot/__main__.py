"""`python -m bot`: Discord when DISCORD_TOKEN is set, otherwise the same bot in this terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import closing

from bot import console, logs, settings
from bot.cooldowns import Cooldowns, Rate
from bot.messages import TERMINAL_ENGLISH
from bot.ports import Library
from bot.reindexing import Reindexer, build_command
from bot.service import Service
from bot.settings import Settings
from bot.state import State
from index import ConfigurationError, open_library


def main() -> int:
    """Puts the parts together and runs them; returns the exit code."""
    argparse.ArgumentParser(prog="python -m bot", description=__doc__).parse_args()
    try:
        chosen = settings.load()
        library = open_library(chosen.index)
        with closing(State.open(chosen.bot.state_db)) as state:
            return asyncio.run(_run(chosen, library, state))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


async def _run(chosen: Settings, library: Library, state: State) -> int:
    service = Service(library, state, quotes=chosen.bot.quotes_per_answer)
    reindexer = Reindexer(build_command(chosen.index.articles_dir, chosen.index.index_dir))
    if chosen.bot.discord_token is not None:
        from bot import client

        logs.configure(chosen.bot.log_level)
        cooldowns = Cooldowns(Rate(chosen.bot.questions_per_user, 30), Rate(chosen.bot.questions_per_channel, 60))
        content = chosen.bot.message_content
        bot = client.FootnoteBot(service, reindexer, state, message_content=content, cooldowns=cooldowns)
        return await client.run(bot, chosen.bot.discord_token.get_secret_value())
    logs.configure(chosen.bot.log_level, chosen.bot.state_db.with_suffix(".log"))
    print(TERMINAL_ENGLISH.no_token, file=sys.stderr)
    return await console.run(service, reindexer, chosen.bot.state_db.with_suffix(".history"))


if __name__ == "__main__":
    sys.exit(main())
