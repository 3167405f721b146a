"""The keys of each screen, in words, for the list of shortcuts and for help; a test holds it against the screens."""

from poems_registry.ui.shortcuts import Shortcut

PATIENTS, VISIT, LETTER, DETAILS, LISTS = "Patients", "Visit", "Letter", "Details", "Lists and tables"
LETTERS = "Letters"
CHARTS, RECORD, CARE = "Charts", "Record", "Care and Clinic"


SCREEN_KEYS = (
    Shortcut("Ctrl+F", "Go to the search field", PATIENTS),
    Shortcut("Ctrl+N", "Add a patient", PATIENTS),
    Shortcut("Ctrl+S", "Save what was typed now", VISIT),
    Shortcut("Ctrl+Return", "Next section", VISIT),
    Shortcut("Ctrl+Shift+Return", "Section before", VISIT),
    Shortcut("Alt+1", "Section 1; Alt+2 and so on to the others", VISIT),
    Shortcut("Alt+U", "Unchanged: record last time's value again", VISIT),
    Shortcut("Alt+Shift+U", "Unchanged for every row of the section that is still blank", VISIT),
    Shortcut("Alt+T", "The tasks behind a score, and back", VISIT),
    Shortcut("F4", "Details of this value: limits, sample, note", VISIT),
    Shortcut("F6", "Not done", VISIT),
    Shortcut("F7", "Result pending", VISIT),
    Shortcut("F8", "Declined", VISIT),
    Shortcut("F9", "Unable to assess", VISIT),
    Shortcut("Alt+Down", "The calendar of a date, or the clinic's list beside a field", VISIT),
    Shortcut("Alt+F", "Finish and sign; of a contact, finish and close", VISIT),
    Shortcut("Ctrl+S", "Save the letter's words now", LETTER),
    Shortcut("Ctrl+A", "Tick all letters of a column, or none; Space ticks one", LETTERS),
    Shortcut("Ctrl+P", "Print the ticked letters", LETTERS),
    Shortcut("Shift+F10", "What can be done with a letter: open, copies, tick", LETTERS),
    Shortcut("Ctrl+S", "Save", DETAILS),
    Shortcut("Alt+N", "New visit, or go on with the one begun", RECORD),
    Shortcut("Ctrl+Shift+N", "New contact of a profession", RECORD),
    Shortcut("Ctrl+N", "Add results, on the tab of results", RECORD),
    Shortcut("Ctrl+V", "Paste results from a spreadsheet, on the tab of results", RECORD),
    Shortcut("Ctrl+S", "Save the results being typed", RECORD),
    Shortcut("Ctrl+F", "Go to a test while results are typed", RECORD),
    Shortcut("F4", "Limits, assay, sample time and note of the result being typed; F6 to F9 as in a visit", RECORD),
    Shortcut("Ctrl+N", "Record a referral, or what the open part of Clinic lists", CARE),
    Shortcut("Ctrl+S", "Save the form of a referral, a call, an MDT entry or a consent; Ctrl+Return too", CARE),
    Shortcut("Ctrl+C", "Copy the chart as a picture", CHARTS),
    Shortcut("Ctrl++", "Nearer; Ctrl+- farther, Ctrl+0 all", CHARTS),
    Shortcut("Shift+Right", "Later; Shift+Left earlier", CHARTS),
    Shortcut("Shift+F10", "Sort by a column", LISTS),
)
