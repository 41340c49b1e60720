"""What PostgreSQL itself must hold for the chronicle: its server, logins, rules and published tables."""
