"""The demonstration campaign: what a newcomer sees before there is anything real to see."""
