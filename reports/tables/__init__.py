"""Tables of reports and papers, one module for each part of the room."""
