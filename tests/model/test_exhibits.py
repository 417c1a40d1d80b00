from workshop.model.exhibits import Chart, Reference, Series


def test_every_number_of_a_chart_is_rounded_to_nine_digits():
    """The last digits of a sum differ from one version of Python to the next."""
    long, short = 1.1238361442027065, 1.12383614
    chart = Chart(
        "line",
        "A chart",
        "bits",
        "It stays the same",
        (Series("read", (long,), x=(long,), low=(long,), high=(long,)),),
        references=(Reference("floor", long),),
        y_min=-long,
        y_max=long,
    )
    series = chart.series[0]
    assert (*series.values, *series.x, *series.low, *series.high) == (short,) * 4
    assert (chart.references[0].value, chart.y_min, chart.y_max) == (short, -short, short)
