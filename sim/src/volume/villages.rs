//! The villages that the story does not name.

use super::{Book, Said, working_day};
use crate::minh_hoa::names;
use crate::minh_hoa::villages::PER_COMMUNE;
use crate::value::{at, code, d25, day, int, on, place, point, text, yes};

/// Villages of a commune in a full province, those of the story included.
const EACH: usize = 64;
/// Covered, weak, none: of a hundred, in wards and in rural communes.
const WARD: [usize; 3] = [98, 2, 0];
const RURAL: [usize; 3] = [88, 9, 3];
const SIGNALS: [(&str, &str); 3] = [("covered", "4g"), ("weak", "3g"), ("none", "")];

pub(super) fn write(book: &mut Book<'_>) {
    let mut chance = book.chance("volume/villages");
    let communes = book.province.communes.clone();
    let more = book.size.of(EACH).saturating_sub(PER_COMMUNE).max(1);
    let all = communes.into_iter().enumerate();
    let all = all.flat_map(move |(at, commune)| (0..more).map(move |nth| (at, commune.clone(), nth)));
    let rows = all.map(move |(at_commune, commune, nth)| {
        let weights = if commune.is_ward { WARD } else { RURAL };
        let (signal, best) = SIGNALS.get(chance.weighted(&weights)).copied().unwrap_or_default();
        let households = chance.range(40, 240);
        // Names come round again: the villages are numbered.
        let name = format!("{} {}", names::village(at_commune, PER_COMMUNE + nth), 2 + nth / 24);
        let mut fields = vec![
            ("code", code(format!("{}-T{:02}", commune.code(), PER_COMMUNE + nth + 1))),
            ("since", on(working_day(day(2022, 3, 1), chance.below(1_180)))),
            ("name", text(name)),
            ("kind", code(if commune.is_ward { "to_dan_pho" } else { "thon" })),
            ("place", place(commune.place)),
            ("signal", code(signal)),
            ("fibre", yes(signal == "covered" && chance.percent(92))),
            ("electricity", yes(signal != "none" || chance.percent(60))),
            ("households", int(households)),
            ("internet_households", int(households * chance.range(48, 94) / 100)),
            ("position", point(commune.near(&mut chance))),
            ("method", code(if commune.is_ward { "i_speed" } else { "survey" })),
        ];
        if !best.is_empty() {
            fields.push((
                "best_technology",
                code(if best == "4g" && chance.percent(30) { "5g" } else { best }),
            ));
        }
        fields
    });
    let reason = "Các thôn, tổ dân phố còn lại của tỉnh".to_owned();
    let file = "danh-muc-thon-to-dan-pho.xlsx";
    book.adds(Said { at: at(d25(7, 16), 20, 0), file, reason, register: "village" }, rows);
}
