"""Forms of campaigns and notices."""
