"""Signing in: who may come in, in which role, for how long; and the gate that every request of the server passes."""
