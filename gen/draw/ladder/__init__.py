"""The ladder: `rows` says what stands where, `rungs` and `head` how it looks, `drawing` puts it together."""
