//! Totals without a list beside the places and the cuts of a figure.

use super::world::World;
use super::{STATIONS, TODAY};

const OPERATOR: &str = "Nhà mạng A";

/// Three stations of operator A in Bát Xát; 40 reported for the province, 7 of operator A for Sa Pa.
fn reported() -> World {
    let mut world = World::new();
    world.stations("2025-07-10", "201", &["A1", "A2", "A3"]);
    total(&mut world, "115", ("-", "-"), "40");
    total(&mut world, "202", ("operator", OPERATOR), "7");
    world
}

fn total(world: &mut World, place: &str, (cut, value): (&str, &str), amount: &str) {
    let total = [
        ("measure", "stations"),
        ("place", place),
        ("agency", "so-khcn-15"),
        ("cut", cut),
        ("cut_value", value),
        ("day", "2025-07-10"),
        ("amount", amount),
        ("document", "12/BC-SKHCN"),
    ];
    world.add("2025-07-10", "total", &[&total]);
}

#[test]
fn a_total_of_the_province_stands_beside_the_communes() {
    let page = reported().get(TODAY, STATIONS);
    assert!(page.heading().contains("có 50 trạm"), "{}", page.heading());
    let words = page.words();
    assert!(!words.contains("không bằng số chung"), "{words}");
    assert!(words.contains("3 bản ghi + 47 trong 2 số tổng chưa có danh sách = 50"), "{words}");
    let links = page.links("Chưa phân bổ");
    assert_eq!(links, ["/so/tong-khong-danh-sach?dv=15&loc-measure=stations"]);
    let rows = page.all("#theo-dia-ban tbody tr");
    assert!(rows.iter().any(|row| row.starts_with("Chưa phân bổ") && row.ends_with("40")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Phường Sa Pa") && row.ends_with("7")), "{rows:?}");
    page.assert_handles();
}

#[test]
fn a_total_of_one_operator_counts_there_and_the_others_are_not_split() {
    let page = reported().get(TODAY, &format!("{STATIONS}&theo=operator"));
    let rows = page.all("#theo-operator-day-du tbody tr");
    let numbers: Vec<&str> = rows.iter().map(|row| row.trim_start_matches(char::is_alphabetic)).collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].starts_with(OPERATOR) && rows[0].ends_with("10"), "{numbers:?}");
    assert!(rows[1].starts_with("Chưa chia") && rows[1].ends_with("40"), "{rows:?}");
    assert_eq!(page.links("Chưa chia"), ["/so/tong-khong-danh-sach?dv=15&loc-measure=stations"]);
    page.assert_handles();
}

#[test]
fn two_totals_that_may_hold_one_another_are_shown_as_such() {
    let mut world = reported();
    total(&mut world, "202", ("-", "-"), "9");
    let words = world.get(TODAY, STATIONS).words();
    assert!(
        words.contains("hai số tổng cùng phạm vi nhưng chia khác nhau; cả hai đang cùng được tính"),
        "{words}"
    );
    assert!(words.contains("Trong số này có 3 số tổng chưa có danh sách"), "{words}");
}

#[test]
fn every_total_that_another_may_hold_is_named_once() {
    let mut world = reported();
    total(&mut world, "202", ("operator", "Nhà mạng B"), "4");
    total(&mut world, "202", ("-", "-"), "9");
    let words = world.get(TODAY, STATIONS).words();
    // The unsplit total names one of the two, and each of the two names it.
    assert_eq!(words.matches("hai số tổng cùng phạm vi").count(), 2, "{words}");
    for operator in [OPERATOR, "Nhà mạng B"] {
        let both = words.split("hai số tổng").any(|said| {
            let begins = said.rfind("Tổng 9 trạm").and_then(|at| said.get(at..));
            begins.is_some_and(|said| said.contains(operator))
        });
        assert!(both, "{operator}: {words}");
    }
    assert!(words.contains("thì cần sửa một trong hai số, chỉ để lại phần chưa chia."), "{words}");
}
