"""The unlock window: who comes in, by which password."""
