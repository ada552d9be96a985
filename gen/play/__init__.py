"""What is played: scenarios and recordings, kubectl's lines, and how near a run comes to a real cluster."""
