"""What scoring remembers, a file for each room; read through ``scoring.models``."""
