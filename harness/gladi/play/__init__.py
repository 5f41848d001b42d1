"""A rehearsal as it is played: the people, the system under rehearsal, the scenarios and the time that passes."""
