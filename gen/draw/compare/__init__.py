"""The comparison: `plan` says where everything stands, `panel` draws one run, `facts` is the table, `drawing` the whole."""
