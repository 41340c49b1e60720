"""What an operator may run."""
