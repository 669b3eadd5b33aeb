"""What curators write and readers see: one shape, two lives (draft and public), one workflow. Decision 0009."""
