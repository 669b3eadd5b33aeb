"""The accounts of an association: read from the FEC, pasted or typed, and the picture they give of its model."""
