"""Screens of debates: the list, the meeting, the phones, the record."""
