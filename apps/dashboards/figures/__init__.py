"""Pictures of protected tables (pure): what they draw, say and list comes from ``ReleaseTable.protected`` alone."""
