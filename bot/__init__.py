"""Front ends of Footnote: Discord, and the same bot in a terminal. Answers come from `index`."""
