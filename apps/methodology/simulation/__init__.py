"""Step 5, the simulator: what the figures of step 3 become under the hypotheses of each scenario."""
