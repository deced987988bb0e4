"""The reader: a small cross-encoder that looks at question and passage together, points at the answer, or at none."""
