"""The verbs of the command line, one file each: `add` says what it takes, and a function of the verb's own name does it."""
