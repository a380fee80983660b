"""What awards remember, room by room; ``awards.models`` is the door."""
