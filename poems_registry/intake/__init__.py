"""Reading files from outside: nothing in them is trusted, nothing in them is guessed."""
