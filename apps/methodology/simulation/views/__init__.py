"""Pages of the simulator, what its sliders ask, and its writes."""
