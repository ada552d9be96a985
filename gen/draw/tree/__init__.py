"""The tree: `plan` says what stands where, `limbs` and `leaves` how it looks, `drawing` puts it together."""
