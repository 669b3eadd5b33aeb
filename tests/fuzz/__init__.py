"""What nobody would type, sent everywhere for a bounded time: no fault of ours, nothing of somebody else's."""
