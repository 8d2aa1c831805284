"""The national portal's list of procedures, as Excel exports by agency or as one CSV file."""
