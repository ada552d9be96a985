"""The board: `dot` says what is to be laid out, `plan` where everything then stands, `scene` and the others what is seen."""
