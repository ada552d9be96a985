"""The timeline: `plot` draws what stands right of the names, from bars, marks and arcs; `drawing` puts it together."""
