//! The province's parcels: taken over from the old system in July, reviewed month by month. Owners are
//! invented.

use std::sync::Arc;

use mc_base::{AgencyId, Day};

use super::{Book, Said, working_day};
use crate::chance::Chance;
use crate::minh_hoa::land::{LAND_USES, MISMATCHES, OBSTACLES, PER_COMMUNE};
use crate::minh_hoa::names::person;
use crate::stage::Commune;
use crate::value::{Fields, agency, at, code, codes, d25, day, int, later, on, place, scaled, text};

/// Lists that the land office approved in a commune before July 2025, each on a day of its own.
const LISTS: usize = 120;
/// The first of them.
const FIRST: (i16, i8, i8) = (2020, 1, 6);
/// Of a hundred parcels not yet reviewed, those that each later month takes up.
const REVIEWED: usize = 3;

/// How the archive knows a parcel: group, match and stage, and how many of a hundred.
type Standing = (&'static str, &'static str, &'static str, usize);

const STANDINGS: [Standing; 6] = [
    ("unreviewed", "not_checked", "none", 45),
    ("1", "matched", "synced", 16),
    ("1", "not_checked", "approved", 6),
    ("2", "name_differs", "collected", 14),
    ("2", "id_missing", "collected", 10),
    ("3", "duplicate", "collected", 9),
];

/// What every file of parcels draws from.
struct Ground {
    communes: Vec<Commune>,
    /// Parcels beside those of the story.
    count: u64,
    lists: Vec<Vec<Day>>,
    keeper: AgencyId,
    chance: Chance,
}

/// A parcel that is about to be written down.
struct Parcel {
    ground: Arc<Ground>,
    commune: usize,
    number: u64,
    chance: Chance,
    standing: Standing,
    /// Of the parcels not yet reviewed: when its turn comes, in hundredths.
    turn: usize,
}

pub(super) fn write(book: &mut Book<'_>) {
    let mut chance = book.chance("volume/land");
    let lists = |_: &Commune| {
        let first = day(FIRST.0, FIRST.1, FIRST.2);
        let mut drawn = || chance.below(1_990);
        // The later of two: the work gathered speed.
        (0..book.size.of(LISTS).max(6)).map(|_| working_day(first, drawn().max(drawn()))).collect()
    };
    let communes = book.province.communes.clone();
    let told = (PER_COMMUNE * communes.len()) as u64;
    let ground = Arc::new(Ground {
        count: book.size.parcels.saturating_sub(told),
        lists: communes.iter().map(lists).collect(),
        keeper: book.province.agency("van-phong-dang-ky-dat-dai"),
        chance: book.chance("volume/land/parcel"),
        communes,
    });
    let said = Said {
        at: at(d25(7, 1), 20, 0),
        file: "ho-so-dia-chinh-chuyen-tu-he-thong-cu.csv",
        reason: "Chuyển toàn bộ thửa đất từ hệ thống cũ khi mở sổ".to_owned(),
        register: "parcel",
    };
    book.adds(said, parcels(&ground).map(Parcel::fields));
    for (nth, month) in [8, 9, 10].into_iter().enumerate() {
        let file = format!("ket-qua-ra-soat-thua-dat-thang-{month}.csv");
        let said = Said {
            at: at(working_day(d25(month, 1).month().last_day(), 4), 19, 30),
            file: &file,
            reason: format!("Kết quả rà soát thửa đất tháng {month}/2025 của các tổ công tác"),
            register: "parcel",
        };
        let turns = nth * REVIEWED..(nth + 1) * REVIEWED;
        let waits = move |parcel: &Parcel| parcel.standing.0 == "unreviewed" && turns.contains(&parcel.turn);
        book.updates(said, parcels(&ground).filter(waits).map(move |parcel| parcel.reviewed(month)));
    }
}

/// Every parcel, commune by commune; the same ones each time.
fn parcels(ground: &Arc<Ground>) -> impl Iterator<Item = Parcel> + 'static {
    let ground = Arc::clone(ground);
    let (count, communes) = (ground.count, ground.communes.len());
    let all = (0..communes).flat_map(move |commune| {
        // As evenly as it goes: the first communes have one more.
        let (of, nth) = (communes as u64, commune as u64);
        let here = count / of + u64::from(nth < count % of);
        (1..=here).map(move |number| (commune, number))
    });
    all.map(move |(commune, number)| {
        let mut chance = ground.chance.nth(commune as u64 * 1_000_000 + number);
        let drawn = chance.weighted(&STANDINGS.map(|standing| standing.3));
        let standing = STANDINGS.get(drawn).copied().unwrap_or_default();
        let turn = chance.below(100);
        Parcel { ground: Arc::clone(&ground), commune, number, chance, standing, turn }
    })
}

impl Parcel {
    /// The place, and the parcel's code in it. Parcels of the story have four digits, these have six.
    fn code(&self) -> (Option<&Commune>, String) {
        let commune = self.ground.communes.get(self.commune);
        let prefix = commune.map_or_else(String::new, |commune| commune.code());
        (commune, format!("{prefix}-{:06}", self.number))
    }

    /// As the old system had it.
    fn fields(mut self) -> Fields {
        let (commune, key) = self.code();
        let Some(commune) = commune.cloned() else { return Fields::new() };
        let lists = self.ground.lists.get(self.commune).map_or(&[][..], Vec::as_slice);
        let (group, matched, stage, _) = self.standing;
        let chance = &mut self.chance;
        let number = i64::try_from(self.number).unwrap_or_default();
        let kind = match chance.below(40) {
            0 => "organisation",
            1 => "state",
            2..=8 => "household",
            _ => "person",
        };
        let uses =
            if commune.is_ward { &LAND_USES[..] } else { LAND_USES.split_last().map_or(&[][..], |it| it.1) };
        let mut fields = vec![
            ("code", code(key)),
            ("since", on(lists.get(chance.below(lists.len())).copied().unwrap_or(d25(6, 2)))),
            ("place", place(commune.place)),
            ("sheet", int(1 + number / 400)),
            ("number", int(1 + number % 400)),
            ("land_use", code(chance.pick(uses))),
            ("area", scaled(chance.range(600, 48_000), 1)),
            ("group", code(group)),
            ("match", code(matched)),
            ("stage", code(stage)),
            ("use_form", code(if kind == "household" { "common" } else { "own" })),
            ("owner_kind", code(kind)),
            ("agency", agency(&self.ground.keeper)),
        ];
        if group == "2" || group == "3" {
            fields.push(("obstacles", codes(&[chance.pick(&OBSTACLES)])));
        }
        if chance.percent(80) {
            let days = i32::try_from(chance.below(7_000)).unwrap_or(0);
            fields.push(("certificate_no", text(format!("MT {:02}{:06}", self.commune, self.number))));
            fields.push(("certificate_day", on(later(day(2001, 1, 5), days))));
        }
        match kind {
            "organisation" => {
                let name = format!("Hợp tác xã số {} {}", self.number, commune.name);
                fields.push(("organisation", text(name)));
            }
            "state" => {}
            _ => {
                let born = later(day(1938, 1, 1), i32::try_from(chance.below(22_000)).unwrap_or(0));
                fields.push(("owner_name", text(person(chance))));
                // Numbers begin with 000, which no citizen's does.
                let citizen = 100_000 + self.commune as u64 * 1_000_000 + self.number;
                fields.push(("owner_id", text(format!("000{citizen:09}"))));
                fields.push(("owner_birth", on(born)));
            }
        }
        fields
    }

    /// What the review of a month found.
    fn reviewed(mut self, month: i8) -> Fields {
        let key = self.code().1;
        let chance = &mut self.chance;
        let since = working_day(d25(month, 1), chance.below(26));
        let mut fields = vec![("code", code(key)), ("since", on(since))];
        let drawn = chance.below(100);
        if drawn < 58 {
            fields.extend([("group", code("1")), ("match", code("matched")), ("stage", code("approved"))]);
            return fields;
        }
        fields.extend([
            ("group", code(if drawn < 88 { "2" } else { "3" })),
            ("match", code(chance.pick(&MISMATCHES))),
            ("stage", code("collected")),
            ("obstacles", codes(&[chance.pick(&OBSTACLES)])),
        ]);
        fields
    }
}
