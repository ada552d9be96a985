"""Text that people wrote: read with limits, and refused with the place of the fault."""
