"""Acts about all patients together: the snapshot, its report, what is published of it, and the research export."""
