"""Who has which record open at the desk: known for as long as it lasts, in no history, and never published."""
