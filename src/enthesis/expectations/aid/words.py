"""The words every decision aid shares: what matters to people, questions to ask, and what the page says of itself."""

VALUES = (
    ("less-pain", "Less pain in half a year"),
    ("soon", "To feel better soon"),
    ("active", "To do more of what I like"),
    ("few-visits", "Few visits and little time"),
    ("cost", "To pay little myself"),
    ("needles", "No needles"),
    ("tested", "A treatment that was well tested"),
    ("harm", "A low risk of harm"),
)
IMPORTANCE = (("0", "not at all"), ("1", "a little"), ("2", "some"), ("3", "much"), ("4", "most of all"))
QUESTIONS = (
    ("people", "How many people like me did you treat? How many did you ask later?"),
    ("joint", "How sure are you that this joint is the cause?"),
    ("syringe", "What is in the syringe, and is it approved for this?"),
    ("price", "What will I pay in all?"),
    ("worse", "Whom do I call if it gets worse, also at night?"),
    ("stop", "When do we stop if it does not help?"),
)
ABOUT_THIS_PAGE = (
    "This page tells you what is known. It does not tell you what to choose.",
    "Nobody has said who paid for this page. It names no sponsor.",
    "The clinic may earn money from some of these choices. You may ask it.",
    "It is made anew from the trials whenever one is added. It must be read again by the day shown.",
    "No doctor has checked this page yet, and no patient has tried it.",
)
