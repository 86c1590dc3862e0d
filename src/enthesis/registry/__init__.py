"""What is kept: people, charts, courses, judgments as snapshots, and an audit trail that cannot be rewritten."""
