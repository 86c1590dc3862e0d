"""What people do: one file per verb. Each act checks permission, asks the core, saves, and leaves one audit event."""
