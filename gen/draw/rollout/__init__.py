"""The rollout: `plan` says where everything stands, `areas` and `plot` draw it, `steps` is its table, `drawing` the whole."""
