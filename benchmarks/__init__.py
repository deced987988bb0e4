"""The figures of docs/performance.md, one command each, every one beside its baseline in the same run."""
