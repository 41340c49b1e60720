"""The pages of accounts: the login in two steps, one's own account, and what links open."""
