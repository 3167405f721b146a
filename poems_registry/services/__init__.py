"""What the clinic does, one transaction each, with permission asked first and an audit entry last."""
