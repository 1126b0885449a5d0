"""What a phrase says wherever it stands: a date, a unit and its role, a quantity, a place, the name of an activity."""
