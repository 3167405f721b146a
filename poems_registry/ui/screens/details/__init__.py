"""Who a patient is: the form for adding a person and for the record's Details tab."""
