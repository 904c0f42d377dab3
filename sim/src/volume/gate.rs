//! Traffic at the border gate before the story begins, day by day.

use mc_base::Day;

use super::{Book, Said};
use crate::minh_hoa::gate::{GATES, OWNER};
use crate::value::{agency, at, code, d25, int, later, on, place, scaled};

/// Directions and flows beside loaded exports and imports, in hundredths of them.
const FLOWS: [(&str, &str, i64); 4] =
    [("exit", "export", 100), ("entry", "import", 100), ("exit", "empty", 61), ("entry", "empty", 44)];

pub(super) fn write(book: &mut Book<'_>) {
    let province = book.province;
    let (owner, here) = (province.agency(OWNER), province.place);
    let mut chance = book.chance("volume/gate");
    let first = book.size.first_month().first_day();
    let end = d25(7, 1);
    let days =
        std::iter::successors(Some(first), |day| Some(later(*day, 1))).take_while(move |day| *day < end);
    let all = days.flat_map(|day| {
        GATES.into_iter().flat_map(move |gate| FLOWS.into_iter().map(move |flow| (day, gate, flow)))
    });
    let rows = all.map(move |(day, (gate, exports, imports), (direction, flow, part))| {
        let usual = if direction == "exit" { exports } else { imports } * part / 100;
        let vehicles = usual * chance.range(70, 112) / if is_quiet(day) { 190 } else { 100 };
        let timed = vehicles * chance.range(72, 95) / 100;
        vec![
            ("gate", code(gate)),
            ("day", on(day)),
            ("direction", code(direction)),
            ("flow", code(flow)),
            ("place", place(here)),
            ("agency", agency(&owner)),
            ("vehicles", int(vehicles)),
            ("minutes", int(timed * (82 + chance.range(-9, 14)))),
            ("vehicles_timed", int(timed)),
            ("weight", scaled(if flow == "empty" { 0 } else { vehicles * chance.range(120, 240) }, 1)),
            ("waiting", int(vehicles * chance.range(0, 16) / 100)),
        ]
    });
    let reason = "Nhật ký cửa khẩu các năm trước, nạp khi mở sổ".to_owned();
    let file = "nhat-ky-cua-khau-cac-nam-truoc.csv";
    book.adds(Said { at: at(d25(7, 4), 19, 0), file, reason, register: "gate_day" }, rows);
}

/// Sundays and the days around Tết.
fn is_quiet(day: Day) -> bool {
    let near_tet = |tet: Day| (tet.epoch_days() - day.epoch_days()).abs() <= 4;
    day.weekday() == 7 || mc_base::calendar::tet(day.year()).is_some_and(near_tet)
}
