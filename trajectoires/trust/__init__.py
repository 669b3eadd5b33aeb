"""Promises that are checked: each prints what it saw, and fails when one does not hold."""
