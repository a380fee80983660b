"""Money: rewards of issued decisions paid or not, and the fund of a year."""
