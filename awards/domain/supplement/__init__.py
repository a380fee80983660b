"""What becomes of one request to supplement."""
