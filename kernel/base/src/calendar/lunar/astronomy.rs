//! The table recomputed from the positions of moon and sun: the oracle of the table, and its source.
//!
//! Formulas after J. Meeus, *Astronomical Algorithms* (2nd ed.), chapters 25 and 49; ΔT after Espenak and
//! Meeus (2006). Floating point is used here, in tests alone; it touches neither money nor figures.

use super::table::{FIRST_YEAR, LAST_YEAR, YEARS};
use crate::day::Day;

/// Julian day of 1970-01-01T00:00 UTC.
const UNIX_EPOCH_JD: f64 = 2_440_587.5;
const UTC_PLUS_7_DAYS: f64 = 7.0 / 24.0;

fn sin_degrees(angle: f64) -> f64 {
    angle.to_radians().sin()
}

/// Terrestrial minus universal time, in days.
fn delta_t(jd: f64) -> f64 {
    let y = 2000.0 + (jd - 2_451_544.5) / 365.25;
    let polynomial = |t: f64, c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * t + c);
    let seconds = if y < 1920.0 {
        polynomial(y - 1900.0, &[-2.79, 1.494_119, -0.059_893_9, 0.006_196_6, -0.000_197])
    } else if y < 1941.0 {
        polynomial(y - 1920.0, &[21.20, 0.844_93, -0.076_100, 0.002_093_6])
    } else if y < 1961.0 {
        let t = y - 1950.0;
        29.07 + 0.407 * t - t * t / 233.0 + t * t * t / 2547.0
    } else if y < 1986.0 {
        let t = y - 1975.0;
        45.45 + 1.067 * t - t * t / 260.0 - t * t * t / 718.0
    } else if y < 2005.0 {
        let c = [63.86, 0.3345, -0.060_374, 0.001_727_5, 0.000_651_814, 0.000_023_735_99];
        polynomial(y - 2000.0, &c)
    } else if y < 2050.0 {
        polynomial(y - 2000.0, &[62.92, 0.322_17, 0.005_589])
    } else {
        let u = (y - 1820.0) / 100.0;
        -20.0 + 32.0 * u * u - 0.5628 * (2150.0 - y)
    };
    seconds / 86_400.0
}

/// Julian day (universal time) of the new moon number `k`, 0 being that of 6 January 2000.
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let (t2, t3, t4) = (t * t, t * t * t, t * t * t * t);
    let mean =
        2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t2 - 0.000_000_15 * t3 + 0.000_000_000_73 * t4;
    let e = 1.0 - 0.002_516 * t - 0.000_007_4 * t2;
    let sun = 2.5534 + 29.105_356_7 * k - 0.000_001_4 * t2 - 0.000_000_11 * t3;
    let moon = 201.5643 + 385.816_935_28 * k + 0.010_758_2 * t2 + 0.000_012_38 * t3 - 0.000_000_058 * t4;
    let f = 160.7108 + 390.670_502_84 * k - 0.001_611_8 * t2 - 0.000_002_27 * t3 + 0.000_000_011 * t4;
    let node = 124.7746 - 1.563_755_88 * k + 0.002_067_2 * t2 + 0.000_002_15 * t3;
    // (amplitude, power of e, multiples of sun, moon, f)
    let terms: [(f64, i32, f64, f64, f64); 24] = [
        (-0.407_20, 0, 0.0, 1.0, 0.0),
        (0.172_41, 1, 1.0, 0.0, 0.0),
        (0.016_08, 0, 0.0, 2.0, 0.0),
        (0.010_39, 0, 0.0, 0.0, 2.0),
        (0.007_39, 1, -1.0, 1.0, 0.0),
        (-0.005_14, 1, 1.0, 1.0, 0.0),
        (0.002_08, 2, 2.0, 0.0, 0.0),
        (-0.001_11, 0, 0.0, 1.0, -2.0),
        (-0.000_57, 0, 0.0, 1.0, 2.0),
        (0.000_56, 1, 1.0, 2.0, 0.0),
        (-0.000_42, 0, 0.0, 3.0, 0.0),
        (0.000_42, 1, 1.0, 0.0, 2.0),
        (0.000_38, 1, 1.0, 0.0, -2.0),
        (-0.000_24, 1, -1.0, 2.0, 0.0),
        (-0.000_07, 0, 2.0, 1.0, 0.0),
        (0.000_04, 0, 0.0, 2.0, -2.0),
        (0.000_04, 0, 3.0, 0.0, 0.0),
        (0.000_03, 0, 1.0, 1.0, -2.0),
        (0.000_03, 0, 0.0, 2.0, 2.0),
        (-0.000_03, 0, 1.0, 1.0, 2.0),
        (0.000_03, 0, -1.0, 1.0, 2.0),
        (-0.000_02, 0, -1.0, 1.0, -2.0),
        (-0.000_02, 0, 1.0, 3.0, 0.0),
        (0.000_02, 0, 0.0, 4.0, 0.0),
    ];
    let periodic: f64 = terms
        .iter()
        .map(|(size, power, s, m, a)| size * e.powi(*power) * sin_degrees(s * sun + m * moon + a * f))
        .sum();
    // (amplitude × 10^-6, angle at k = 0, change with k)
    let planets: [(f64, f64, f64); 14] = [
        (325.0, 299.77 - 0.009_173 * t2, 0.107_408),
        (165.0, 251.88, 0.016_321),
        (164.0, 251.83, 26.651_886),
        (126.0, 349.42, 36.412_478),
        (110.0, 84.66, 18.206_239),
        (62.0, 141.74, 53.303_771),
        (60.0, 207.14, 2.453_732),
        (56.0, 154.84, 7.306_860),
        (47.0, 34.52, 27.261_239),
        (42.0, 207.19, 0.121_824),
        (40.0, 291.34, 1.844_379),
        (37.0, 161.72, 24.198_154),
        (35.0, 239.56, 25.513_099),
        (23.0, 331.55, 3.592_518),
    ];
    let planetary: f64 = planets.iter().map(|(size, a, b)| size * 1e-6 * sin_degrees(a + b * k)).sum();
    let jde = mean + periodic - 0.000_17 * sin_degrees(node) + planetary;
    jde - delta_t(jde)
}

/// Apparent longitude of the sun in degrees, 0 to 360, good to 0.01° (a quarter of an hour).
fn sun_longitude(jd: f64) -> f64 {
    let t = (jd + delta_t(jd) - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let anomaly = 357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t;
    let centre = (1.914_602 - 0.004_817 * t - 0.000_014 * t * t) * sin_degrees(anomaly)
        + (0.019_993 - 0.000_101 * t) * sin_degrees(2.0 * anomaly)
        + 0.000_289 * sin_degrees(3.0 * anomaly);
    (mean + centre - 0.005_69 - 0.004_78 * sin_degrees(125.04 - 1934.136 * t)).rem_euclid(360.0)
}

/// The new moon of July 1967, nearest of all to midnight: the formulas put it some seconds before, more exact
/// ephemerides three seconds after, and the calendars of that time on 8 July too.
const JULY_1967: i32 = -402;

/// Days since 1970-01-01 of the day of UTC+7 on which new moon `k` falls.
fn new_moon_day(k: i32) -> i32 {
    let day = (new_moon(f64::from(k)) - UNIX_EPOCH_JD + UTC_PLUS_7_DAYS).floor() as i32;
    day + i32::from(k == JULY_1967)
}

/// The major term (0 to 11, 9 from the winter solstice) in force as a day of UTC+7 begins.
fn major_term(day: i32) -> i32 {
    (sun_longitude(f64::from(day) + UNIX_EPOCH_JD - UTC_PLUS_7_DAYS) / 30.0).floor() as i32
}

/// Number of the new moon that begins month 11 of the lunar year `year`.
fn month_11(year: i16) -> i32 {
    let december_31 = Day::new(year, 12, 31).expect("a day").epoch_days();
    let mut k = (f64::from(december_31 - 10_962) / 29.530_588_861) as i32 + 2;
    // The solstice falls on 21 to 23 December; its day is the one at whose end term 9 has begun.
    let solstice = (december_31 - 12..december_31).find(|day| major_term(day + 1) == 9).expect("a solstice");
    while new_moon_day(k) > solstice {
        k -= 1;
    }
    k
}

/// (number, leap) of the months from month 11 of `year` - 1 up to, not with, month 11 of `year`, with their
/// new moons.
fn sui(year: i16) -> Vec<(i8, bool, i32)> {
    let (first, next) = (month_11(year - 1), month_11(year));
    let without_term = |k: &i32| major_term(new_moon_day(*k)) == major_term(new_moon_day(k + 1));
    let leap = (next - first == 13).then(|| (first + 1..next).find(without_term).expect("a leap month"));
    let mut number = 10;
    (first..next)
        .map(|k| {
            let is_leap = leap == Some(k);
            if !is_leap {
                number = number % 12 + 1;
            }
            (number, is_leap, k)
        })
        .collect()
}

fn packed(year: i16) -> u32 {
    let months: Vec<_> = sui(year).into_iter().chain(sui(year + 1)).collect();
    let starts = |at: &usize| months.get(*at).is_some_and(|(number, leap, _)| (*number, *leap) == (1, false));
    let (first, next) = {
        let mut tets = (0..months.len()).filter(starts);
        (tets.next().expect("Tết"), tets.next().expect("the next Tết"))
    };
    let mut packed = 0;
    for (place, (number, leap, k)) in months[first..next].iter().enumerate() {
        let long = new_moon_day(k + 1) - new_moon_day(*k) == 30;
        packed |= u32::from(long) << place;
        if *leap {
            packed |= u32::try_from(*number).expect("a month") << 13;
        }
    }
    let january_20 = Day::new(year, 1, 20).expect("a day").epoch_days();
    packed | u32::try_from(new_moon_day(months[first].2) - january_20).expect("Tết after 19 January") << 17
}

#[test]
fn the_table_is_what_moon_and_sun_say() {
    let computed: Vec<u32> = (FIRST_YEAR..=LAST_YEAR).map(packed).collect();
    let lines: Vec<String> = computed
        .chunks(10)
        .map(|row| row.iter().map(|word| format!("0x{word:06x},")).collect::<Vec<_>>().join(" "))
        .collect();
    assert!(computed == YEARS, "the table should read:\n{}", lines.join("\n"));
}

/// Where a new moon comes within a minute of midnight, calendars printed by others may differ for one month:
/// the rotation of the earth is not known so well ahead.
#[test]
fn five_new_moons_of_two_centuries_are_within_a_minute_of_midnight() {
    let near = |k: &i32| {
        let local = new_moon(f64::from(*k)) + 0.5 + UTC_PLUS_7_DAYS;
        let past = local - local.floor();
        past.min(1.0 - past) * 86_400.0 < 60.0
    };
    let near = (month_11(FIRST_YEAR - 1)..month_11(LAST_YEAR)).filter(near);
    let days: Vec<String> =
        near.filter_map(|k| Day::from_epoch_days(new_moon_day(k))).map(|day| day.to_string()).collect();
    assert_eq!(days, ["1944-06-20", "1967-07-08", "2054-05-08", "2077-11-15", "2085-10-18"]);
}
