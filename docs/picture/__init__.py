"""The README's picture of Discord, drawn from real replies (the fonts are Open Sans, the browser Chromium):

python -m docs.picture.messages | python -m docs.picture.render > reply.html
chromium --headless --hide-scrollbars --window-size=720,1092 --force-device-scale-factor=1.5 \\
    --screenshot=docs/discord.png reply.html
"""
