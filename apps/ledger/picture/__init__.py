"""The picture of an association's model, from its accounts: pure modules, and ``page.page`` that makes the screen."""
