"""The README's picture of Discord, drawn from real replies:

python -m docs.picture.messages | python -m docs.picture.render > reply.html
chromium --headless --hide-scrollbars --window-size=720,1150 --screenshot=docs/discord.png reply.html
"""
