"""What holds for every recipe that can be asked for."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library
from enthesis.mixing import graduation, mix

F = Fraction
LIBRARY = Library.shipped()
USUAL = {"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"}


def mixed(**options):
    return mix(LIBRARY, **(USUAL | options))


def drawn(mixture):
    return {draw.stock.component: draw.volume_ml for draw in mixture.draws}


targets = st.tuples(st.integers(0, 500), st.integers(0, 200)).filter(any)
amounts = st.integers(1, 600).map(lambda tenths: F(tenths, 10))
sizes = st.sampled_from([None, "1", "3", "5", "10", "20"])


@given(targets, amounts, st.sampled_from(["10", "20", "50", "70"]), st.sampled_from(["0.5", "1", "2", "4"]), sizes)
def test_whatever_is_asked_the_answer_keeps_its_promises(target, volume, dextrose_stock, lidocaine_stock, size):
    dextrose, lidocaine = min(F(target[0], 10), F(dextrose_stock)), min(F(target[1], 100), F(lidocaine_stock))
    mark = graduation(size)
    volume = max(volume, mark)
    mixture = mixed(
        dextrose=dextrose,
        lidocaine=lidocaine,
        volume_ml=volume,
        syringe_ml=size,
        dextrose_stock=dextrose_stock,
        lidocaine_stock=lidocaine_stock,
        weight_kg="70",
    )
    if not mixture.feasible:
        assert mixture.warnings
        assert not mixture.recipe.fits or min(ml for _, ml in mixture.recipe.needed) < mark
        return
    assert mixture.made.volume_ml == volume
    for component, asked, stock in (
        ("dextrose", dextrose, F(dextrose_stock)),
        ("lidocaine", lidocaine, F(lidocaine_stock)),
    ):
        volume_drawn = drawn(mixture).get(component, 0)
        assert volume_drawn % mark == 0
        assert abs(mixture.made.percent(component) - asked) * volume <= stock * mark
        assert mixture.made.percent(component) * volume == volume_drawn * stock
        assert (volume_drawn == 0) == (asked == 0)
    assert bool(mixture.warnings) == (
        mixture.made.percent("dextrose") != dextrose
        or mixture.made.percent("lidocaine") != lidocaine
        or volume % mark != 0
        or mixture.within_dose_limit is False
    )


@given(targets, amounts)
def test_two_stocks_are_never_more_than_half_a_mark_off_when_the_total_is_on_a_mark(target, volume):
    mixture = mixed(dextrose=F(target[0], 10), lidocaine=F(target[1], 200), volume_ml=volume)
    for wanted, ml in mixture.recipe.needed:
        if mixture.feasible:
            assert abs(drawn(mixture)[wanted.stock.component] - ml) <= F("0.05")


@given(st.integers(1, 50), st.integers(1, 40), st.integers(1, 20))
def test_scaling_the_volume_scales_the_doses(dextrose, lidocaine, times):
    one, many = (mixed(dextrose=dextrose, lidocaine=F(lidocaine, 100), volume_ml=volume) for volume in (50, 50 * times))
    if one.feasible and not one.warnings[1:]:
        assert many.made.mg("lidocaine") == times * one.made.mg("lidocaine")
        assert many.made.mg("dextrose") == times * one.made.mg("dextrose")
        assert many.made.osmolarity_mosm_per_l == one.made.osmolarity_mosm_per_l


@given(targets, amounts)
def test_each_alternative_works_when_it_is_taken(target, volume):
    asked = {"dextrose": F(target[0], 10), "lidocaine": F(target[1], 100), "volume_ml": volume}
    asked = asked | {"lidocaine": min(asked["lidocaine"], F(1))}
    mixture = mixed(**asked)
    for nearest in mixture.alternatives:
        taken = mixed(**asked | {nearest.option.replace("-", "_"): nearest.value})
        assert taken.recipe.fits
        assert taken.feasible or not mixture.recipe.fits


@given(amounts, st.integers(30, 299))
def test_what_is_within_the_limit_stays_within_it_for_a_heavier_adult(volume, weight):
    lighter, heavier = (
        mixed(dextrose="0", lidocaine="1", volume_ml=volume, weight_kg=kg) for kg in (weight, weight + 1)
    )
    assert heavier.within_dose_limit >= lighter.within_dose_limit
