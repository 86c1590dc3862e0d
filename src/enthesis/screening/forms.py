"""Words of a medicine's name that say how it is made, given or counted, and not what it is."""

from enthesis.screening.words import plain

MADE = """
    tablet tablets capsule capsules caplet caplets chewable delayed extended release modified coated enteric
    disintegrating effervescent solution suspension syrup drops spray cream ointment lotion patch system prefilled
    syringe powder inhaler suppository pack package abuse deterrent
"""
GIVEN = """
    oral transdermal topical injection injectable intravenous subcutaneous inhalation nasal ophthalmic rectal vaginal
    once daily twice day every hours hour prn po bid tid qd as needed when for the a
"""
COUNTED = "mg ml mcg g unt iu meq hr actuat milligram milligrams micrograms strength low dose baby"
SALTS = """
    sodium potassium calcium magnesium hydrochloride sulfate sulphate acetate phosphate citrate tartrate maleate
    besylate mesylate succinate bitartrate bromide chloride acid monohydrate anhydrous human regular
"""

FORMS = frozenset(plain(f"{MADE} {GIVEN} {COUNTED} {SALTS}").split())
