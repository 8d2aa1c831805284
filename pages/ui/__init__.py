"""What screens share: session, menu, guard, columns, feedback."""
