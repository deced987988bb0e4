"""Discord's commands and events. A cog defers, calls the service, sends; nothing else."""
