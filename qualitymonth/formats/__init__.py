"""How days are written where Django's own format of a language does not suit an office."""
