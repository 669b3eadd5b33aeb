"""Where tools are written in: items, fields saved one by one, live news, offline."""
