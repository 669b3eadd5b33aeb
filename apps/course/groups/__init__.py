"""Groups that follow the course together, their weekly mail, and the statements that people take away."""
