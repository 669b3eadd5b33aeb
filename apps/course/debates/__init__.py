"""The twenty-minute module, live: opening it, driving it, voting, and what is kept of the meeting."""
