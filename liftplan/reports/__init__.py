"""What people read: tables and texts of a plan."""
