"""The decision aid: one page per condition, the same rows for every option, people of 100, and no recommendation."""

from enthesis.expectations.aid.aid import Aid, aid_for, aids, run_aid_example
from enthesis.expectations.aid.array import Array, array
from enthesis.expectations.aid.option import Harm, Option, Seen, run_option_example
from enthesis.expectations.aid.page import AidPage, Column, Picture, aid_page
from enthesis.expectations.aid.words import ABOUT_THIS_PAGE, IMPORTANCE, QUESTIONS, VALUES

__all__ = [
    "ABOUT_THIS_PAGE",
    "IMPORTANCE",
    "QUESTIONS",
    "VALUES",
    "Aid",
    "AidPage",
    "Array",
    "Column",
    "Harm",
    "Option",
    "Picture",
    "Seen",
    "aid_for",
    "aid_page",
    "aids",
    "array",
    "run_aid_example",
    "run_option_example",
]
