"""Lists: one model, one view and the delegates that paint them."""
