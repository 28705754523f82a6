"""Wording: domain objects into messages. Everything people read from us is written here."""
