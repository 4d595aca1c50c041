"""Make the tables of the healthcare IT case, or check that they are what this script makes.

    python cases/healthcare_it/prepare.py            write data/ and record each sha256 in case.toml
    python cases/healthcare_it/prepare.py --check    write nothing; report every difference; exit status 1 if any

Values that a survey did not measure stay out of the columns for curves: the year 2016 of the physicians (the value of
2015 printed again) and the year 2015 of exchange (reported, and the year is not clear).
"""

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd
import synthetic

from cocreate_teach.cases.preparing import run
from cocreate_teach.models import bass_share, fit_bass_shares

FOLDER: Final = Path(__file__).resolve().parent
STATUS_WORDS: Final = {
    "SECONDARY-CLAIM": "reported", "REAL-TRANSCRIBED": "published", "DERIVED": "derived", "FROM-MEMORY": "unverified",
}  # fmt: skip
MAIL_FROM: Final = 2008  # interviews before, letters from this year on
NOT_FIELDED: Final = 2016
KNOWN_UNTIL: Final = 2008  # the last year that the fits may use
ORIGINS: Final = (2000, 1990)
GROUPS: Final = {
    "practice_11plus_physicians": "practices with 11 or more physicians", "solo_practice": "solo practices",
    "all": "all office physicians", "primary_care": "primary care", "non_primary_care": "other fields",
    "employed_physicians": "employed physicians", "owner_physicians": "owners", "non_solo_practice": "not solo",
    "hmo_owned_practice": "owned by a health maintenance organisation",
}  # fmt: skip
MEASURES: Final = {
    "any_ehr_pct": "any record", "basic_ehr_pct": "basic record", "fully_functional_pct": "fully functional record",
    "any_emr_pct": "any record (other wording)",
}  # fmt: skip
KINDS: Final = {
    "most_likely_system_penetration": "forecast of 2006, most likely", "best_estimate": "forecast of 2006, best case",
    "conservative_estimate": "forecast of 2006, conservative", "reassessed_2001_2007": "forecast of 2009, reassessed",
    "actual": "what the survey found",
    "max_pp_effect_of_meaningful_use_not_significant":
        "study of 2015: largest effect of the programme, percentage points, not significant",
}  # fmt: skip
POPULATIONS: Final = {
    "small_practices": "small practices", "all_office_physicians_any_ehr": "all office physicians, any record",
    "all_office_physicians_basic_ehr": "all office physicians, basic record",
}  # fmt: skip
DOMAINS: Final = {"all_four": "all four", "all_four_routinely": "all four,\nroutinely"}


def raw(file: str) -> pd.DataFrame:
    """Return a curated table, with the status words of the house."""
    return pd.read_csv(FOLDER / "raw" / file, keep_default_na=False, na_values=[""]).replace({"status": STATUS_WORDS})


def with_day(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with each year as its first day too, as curves over time want it."""
    table = table.copy()
    table.insert(list(table.columns).index("year") + 1, "day", table.year.astype(str) + "-01-01")
    return table


def all_years(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with a row for every year: a year without a survey is an empty row, so that curves have a gap."""
    years = pd.RangeIndex(table.year.min(), table.year.max() + 1, name="year")
    whole = table.set_index("year").reindex(years).reset_index()
    note = whole.note.fillna("").where(whole.status.notna(), "no value for this year")
    return whole.assign(status=whole.status.fillna(""), note=note)


def told(table: pd.DataFrame, *, is_points: "pd.Series[bool] | None" = None) -> pd.DataFrame:
    """Return a table with each value as a text with its unit beside it, for exhibits that are tables."""
    says = table.value_pct.map("{:g}%".format)
    if is_points is not None:
        says = says.where(~is_points, table.value_pct.map("{:g} points".format))
    return table.assign(says=says)


def physicians() -> pd.DataFrame:
    """Return US office physicians by year; the columns for curves leave 2016 out and part interviews from letters."""
    table = all_years(raw("us_office_physicians_ehr_2001_2021.csv"))
    fielded = table.year != NOT_FIELDED
    mail = table.year >= MAIL_FROM
    table.insert(2, "any_interviews_pct", table.any_ehr_pct.where(~mail))
    table.insert(3, "any_mail_pct", table.any_ehr_pct.where(mail & fielded))
    table.insert(6, "certified_fielded_pct", table.certified_ehr_pct.where(fielded))
    return with_day(table)


def practice_types() -> pd.DataFrame:
    """Return records by type of practice, in plain words; part A is the year 2007."""
    table = raw("us_physician_ehr_by_practice_type.csv").replace({"group": GROUPS, "measure": MEASURES})
    table.insert(0, "part", table.period.eq("2007").map({True: "A", False: "later"}))
    return told(table)


def forecasts() -> pd.DataFrame:
    """Return forecasts for 2014 and what was found, in plain words; part A is what 2009 could know."""
    table = raw("ehr_forecasts_vs_actual.csv")
    known = table.source.str.startswith("Ford")
    table = table.replace({"kind": KINDS, "population": POPULATIONS})
    table.insert(0, "part", known.map({True: "A", False: "later"}))
    return told(table, is_points=table.source.str.startswith("Mennemeyer"))


def fits() -> pd.DataFrame:
    """Return the Bass curve through 2001 to 2008 for two origins: p, q, and what each says for 2014."""
    known = raw("us_office_physicians_ehr_2001_2021.csv").query("year <= @KNOWN_UNTIL")
    rows = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # six values before the peak: the cautions are the lesson
        for origin in ORIGINS:
            fit = fit_bass_shares(known.year, known.any_ehr_pct / 100, origin=origin)
            expected = 100 * float(bass_share(fit.parameters, 2014 - origin))
            p, q = round(fit.p, 4), round(abs(fit.q), 3)
            rows.append({"origin": origin, "p": p, "q": q, "pct_2014": round(expected, 1)})
    return pd.DataFrame(rows)


def two_fits() -> pd.DataFrame:
    """Return the observed shares to 2008 and both curves to 2014."""
    table = physicians()[["year", "day", "any_ehr_pct"]].query("year <= 2014")
    table = table.assign(observed_pct=table.any_ehr_pct.where(table.year <= KNOWN_UNTIL)).drop(columns="any_ehr_pct")
    known = table.dropna()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for origin in ORIGINS:
            fit = fit_bass_shares(known.year, known.observed_pct / 100, origin=origin)
            curve = 100 * bass_share(fit.parameters, table.year.to_numpy(dtype=float) - origin)
            table[f"origin_{origin}_pct"] = curve.round(1)
    return table


def hospitals() -> pd.DataFrame:
    """Return US hospitals by year."""
    return with_day(all_years(raw("us_hospitals_ehr_2008_2021.csv")))


def hospitals_2008() -> pd.DataFrame:
    """Return what was counted in hospitals in 2008, a row per measure."""
    records = hospitals().set_index("year").loc[2008]
    shared = raw("us_hospitals_exchange_2008_2015.csv").set_index("year").loc[2008]
    rows = [
        ("basic record with notes, all hospitals", records.basic_ehr_with_notes_pct, "a lower bound, said in 2020"),
        ("the same, small hospitals", records.small_hospitals_basic_pct, ""),
        ("the same, rural hospitals", records.rural_hospitals_basic_pct, ""),
        ("the same, critical access hospitals", records.critical_access_basic_pct, ""),
        ("exchanges data with anybody outside", shared.exchange_any_outside_provider_pct, "not records, but data"),
        ("exchanges data with practices outside", shared.exchange_outside_ambulatory_pct, ""),
        ("exchanges data with hospitals outside", shared.exchange_outside_hospital_pct, ""),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["measure", "value_pct", "caution"])
    return told(table.astype({"value_pct": float}).assign(status="published"))


def exchange() -> pd.DataFrame:
    """Return hospitals that exchange data; the reported value of 2015 is left out of the column for the curve."""
    table = all_years(raw("us_hospitals_exchange_2008_2015.csv"))
    published = table.exchange_any_outside_provider_pct.where(table.status == "published")
    table.insert(2, "exchange_any_published_pct", published)
    return with_day(table)


def interoperability() -> pd.DataFrame:
    """Return hospitals by what they do with records of others, in plain words, by year."""
    table = raw("us_hospitals_interoperability_domains.csv").replace({"domain": DOMAINS})
    return with_day(table.sort_values(["domain", "year"], ignore_index=True))


def portals() -> pd.DataFrame:
    """Return adults who were offered online access, and who used it."""
    return with_day(raw("us_patient_portal_access_2014_2024.csv"))


def countries() -> pd.DataFrame:
    """Return primary care physicians of ten countries: a record in three years, online services in 2012."""
    records = raw("intl_primary_care_emr_use.csv")
    wide = records.pivot(index=["country", "iso3"], columns="year", values="pct_primary_care_physicians_using_emr")
    wide = wide.add_prefix("record_").add_suffix("_pct").reset_index()
    online = raw("intl_primary_care_online_services_2012.csv")
    online = online.pivot(index="iso3", columns="measure", values="pct_physicians")
    names = {
        "patients_can_email": "email_2012_pct", "online_referral_or_appointment_request": "appointment_2012_pct",
        "online_prescription_refill_request": "refill_2012_pct",
    }  # fmt: skip
    table = wide.merge(online.rename(columns=names).reset_index(), on="iso3", how="left")
    note = {"AUS": 'source misprints "Austria"', "USA": "no online services in our copy of the table"}
    table = table.assign(status="published", note=table.iso3.map(note).fillna(""))
    table = table.sort_values(["record_2006_pct", "record_2012_pct"], ascending=False, ignore_index=True)
    return table.astype({column: "Int64" for column in map(str, table) if column.endswith("_pct")})


def countries_told() -> pd.DataFrame:
    """Return the same as texts, with the gaps named, for an exhibit."""
    table = countries().drop(columns=["iso3", "note"])
    numbers = [column for column in map(str, table) if column.endswith("_pct")]
    table[numbers] = table[numbers].astype(object).map(lambda value: "not known" if pd.isna(value) else f"{value}%")
    return table.rename(columns=lambda column: column.removesuffix("_pct"))


MADE: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    "law_facts.csv": lambda: raw("law_facts.csv"),
    "us_physicians.csv": physicians,
    "practice_types.csv": practice_types,
    "forecasts.csv": forecasts,
    "fits.csv": fits,
    "two_fits.csv": two_fits,
    "us_hospitals.csv": hospitals,
    "hospitals_2008.csv": hospitals_2008,
    "us_hospitals_exchange.csv": exchange,
    "us_hospitals_interoperability.csv": interoperability,
    "us_patient_portals.csv": portals,
    "countries.csv": countries,
    "countries_told.csv": countries_told,
    "referral_links_synthetic.csv": synthetic.make_links,
    "pair_shares_synthetic.csv": lambda: synthetic.pair_shares(synthetic.make_links()),
    "practice_options_synthetic.csv": lambda: synthetic.practice_options(synthetic.make_links()),
}


def calibration(links: pd.DataFrame) -> dict[str, float]:
    """Return the numbers for which case.toml states a target."""
    shares = synthetic.pair_shares(links)
    everywhere = shares[shares.pair == "all kinds"].set_index("period")
    own = synthetic.practice_options(links).set_index(["option", "period"])
    found = {f"{c}_{t}": float(everywhere[c][t]) for c in ("linked", "one_sided") for t in (5, 10, 15)}
    return {
        **found,
        "one_sided_peak_period": float(everywhere.one_sided.to_numpy().argmax()),
        "practice_one_sided_buy_9": float(own.one_sided["buy now", 9]),
        "practice_one_sided_wait_9": float(own.one_sided["wait", 9]),
    }


if __name__ == "__main__":
    sys.exit(run(FOLDER, sys.argv[1:], made=MADE, reached=lambda: calibration(synthetic.make_links())))
