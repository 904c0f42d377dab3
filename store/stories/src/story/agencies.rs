//! Agencies as the second tree: figures rolled up on it, takeovers whole and in part, and who may write for whom.

use mc_access::{Actor, Denied, Factor, Role};
use mc_base::AgencyId;
use mc_figure::Definition;
use mc_port::{
    AgencyCut, AgencyRow, CommitError, CommitRequest, EditRequest, FigureError, FigureRequest, PlaceBasis,
    declare_indicator,
};
use mc_register::system;

use crate::Stage;
use crate::small::{COMMUNES, MERGER, PROVINCE, agency, insert, inserted, mast, register, request, with};
use crate::stage::figure_request;

/// Masts by the agency that keeps them.
const KEPT: &str = r#"
id = "masts_kept"
slug = "cot-theo-co-quan"
programme = "small"
version = 1
title = { vi = "Cột theo cơ quan quản lý", en = "Masts by keeper" }
description = { vi = "Cột theo cơ quan quản lý.", en = "Masts by keeper." }
unit = { vi = "cột", en = "masts" }
kind = "measure"
decimals = 0
direction = "up"

[num]
id = "masts_kept"
register = "mast"
value = "count"
bound = 1
time = { rule = "flow", on = "since" }
cuts = [["agency"]]
"#;

/// The day before the mergers, and the day after.
const BEFORE: &str = "2025-06-30";
const AFTER: &str = "2025-07-02";

fn named(id: &str, name: &str, until: &str) -> EditRequest {
    insert("agency", &[("agency", id), ("name", name), ("level", "province"), ("valid_until", until)])
}

fn under(id: &str, parent: &str, from: &str, until: &str) -> EditRequest {
    insert(
        "agency_parent",
        &[("agency", id), ("parent", parent), ("valid_from", from), ("valid_until", until)],
    )
}

fn went(old: &str, new: &str, extent: &str) -> EditRequest {
    insert(
        "agency_succession",
        &[("old_agency", old), ("new_agency", new), ("extent", extent), ("day", MERGER)],
    )
}

fn kept(code: &str, keeper: &str, since: &str) -> EditRequest {
    let mast = mast(code, COMMUNES[0], "live", since);
    inserted("mast", if keeper.is_empty() { mast } else { with(mast, "mast", "agency", agency(keeper)) })
}

/// A committee with two departments, of which one has a unit, and two departments that end with the mergers.
fn found(stage: &mut dyn Stage) {
    let kept = Definition::from_toml(KEPT).expect("a definition");
    stage.must(vec![declare_indicator(&register(system::INDICATOR), &kept)]);
    stage.must(vec![
        named("ubnd", "Ủy ban nhân dân tỉnh", ""),
        named("so-a", "Sở A", ""),
        named("so-b", "Sở B", ""),
        named("luu-tru", "Trung tâm Lưu trữ", ""),
        named("so-cu", "Sở Cũ", MERGER),
        named("so-tach", "Sở Tách", MERGER),
        under("so-a", "ubnd", "1900-01-01", ""),
        under("so-b", "ubnd", "1900-01-01", ""),
        under("so-cu", "ubnd", "1900-01-01", MERGER),
        under("so-tach", "ubnd", "1900-01-01", MERGER),
        under("luu-tru", "so-cu", "1900-01-01", ""),
    ]);
}

fn asked(period: &str, places: PlaceBasis) -> FigureRequest {
    FigureRequest { places, ..figure_request("masts_kept", PROVINCE, period, None) }
}

fn split(stage: &dyn Stage, period: &str, places: PlaceBasis) -> Vec<AgencyRow> {
    let reader = stage.read(&Actor::public());
    let rows = reader.figure_by_agency(&asked(period, places), &AgencyCut::default());
    let rows = rows.unwrap_or_else(|error| panic!("{period}: {error}"));
    let whole = reader.figure(&asked(period, places)).expect("the whole");
    adds_up(&rows, number(whole.value.as_deref()));
    rows
}

/// Rows that stand under nothing add up to the whole, and those under a row to it.
fn adds_up(rows: &[AgencyRow], whole: i64) {
    let below = |key: Option<&str>| -> Vec<&AgencyRow> {
        rows.iter().filter(|row| row.under.as_deref() == key).collect()
    };
    let sum =
        |rows: &[&AgencyRow]| -> i64 { rows.iter().map(|row| number(row.figure.value.as_deref())).sum() };
    if rows.iter().all(|row| row.refused.is_none()) {
        assert_eq!(sum(&below(None)), whole, "{rows:?}");
    }
    for row in rows.iter().filter(|row| row.refused.is_none()) {
        let parts = below(Some(&row.key));
        if !parts.is_empty() && parts.iter().all(|part| part.refused.is_none()) {
            assert_eq!(sum(&parts), number(row.figure.value.as_deref()), "{}", row.key);
        }
    }
}

fn number(text: Option<&str>) -> i64 {
    text.map_or(0, |text| text.parse().expect("a whole number"))
}

/// The rows as a person reads them: indented keys with values.
fn said(rows: &[AgencyRow]) -> Vec<String> {
    let value = |row: &AgencyRow| match (&row.figure.value, &row.refused) {
        (Some(value), None) => value.clone(),
        (None, Some(_)) => "không quy đổi được".to_owned(),
        other => panic!("{other:?}"),
    };
    rows.iter().map(|row| format!("{}{} {}", " ".repeat(row.depth), row.key, value(row))).collect()
}

pub(super) fn tree(stage: &mut dyn Stage) {
    found(stage);
    stage.must(vec![
        kept("C-1", "so-a", AFTER),
        kept("C-2", "so-b", AFTER),
        kept("C-3", "luu-tru", AFTER),
        kept("C-4", "luu-tru", AFTER),
        kept("C-5", "ubnd", AFTER),
        kept("C-6", "", AFTER),
        kept("C-7", "so-thu", AFTER),
        under("luu-tru", "so-b", MERGER, ""),
    ]);
    let rows = split(stage, "2025", PlaceBasis::Now);
    let expected = [
        "so-thu 1",
        "ubnd 5",
        " ubnd/~cap-nay 1",
        " so-a 1",
        " so-b 3",
        "  so-b/~cap-nay 1",
        "  luu-tru 2",
        "~ 1",
    ];
    assert_eq!(said(&rows), expected);
    let reader = stage.read(&Actor::public());
    let under = |id: &str| AgencyCut { cut: None, under: Some(AgencyId(id.to_owned())) };
    let within = reader.figure_by_agency(&asked("2025", PlaceBasis::Now), &under("so-b")).expect("a part");
    assert_eq!(said(&within), ["so-b 3", " so-b/~cap-nay 1", " luu-tru 2"]);
    assert_eq!(within[0].under, None);
    let unknown = reader.figure_by_agency(&asked("2025", PlaceBasis::Now), &under("so-khong"));
    assert!(matches!(&unknown, Err(FigureError::NoAgency(id)) if id == "so-khong"), "{unknown:?}");
    let other = FigureRequest { indicator: "masts".to_owned(), ..asked("2025", PlaceBasis::Now) };
    let not_cut = reader.figure_by_agency(&other, &AgencyCut::default());
    assert!(matches!(not_cut, Err(FigureError::NoCut { .. })));
    stage.sound();
}

pub(super) fn whole(stage: &mut dyn Stage) {
    found(stage);
    stage.must(vec![
        kept("C-1", "so-a", BEFORE),
        kept("C-2", "so-cu", BEFORE),
        kept("C-3", "luu-tru", BEFORE),
    ]);
    let before = split(stage, "2025-06", PlaceBasis::Then);
    assert_eq!(
        said(&before),
        ["ubnd 3", " so-a 1", " so-cu 2", "  so-cu/~cap-nay 1", "  luu-tru 1"],
        "as agencies were"
    );
    stage.must(vec![went("so-cu", "so-a", "whole")]);
    stage.reopen();
    let now = split(stage, "2025-06", PlaceBasis::Now);
    assert_eq!(
        said(&now),
        ["ubnd 3", " so-a 3", "  so-a/~cap-nay 2", "  luu-tru 1"],
        "a unit follows its department into the one that took it over"
    );
    assert_eq!(said(&split(stage, "2025-06", PlaceBasis::Then)), said(&before), "no record was edited");
    let tree = stage.read(&Actor::public());
    assert_eq!(tree.agencies().predecessors(&AgencyId("so-a".to_owned())).len(), 1);
    stage.sound();
}

pub(super) fn partial(stage: &mut dyn Stage) {
    found(stage);
    stage.must(vec![went("so-tach", "so-a", "partial"), went("so-tach", "so-b", "partial")]);
    stage.must(vec![kept("C-1", "so-a", AFTER), kept("C-2", "so-b", AFTER)]);
    let without = split(stage, "2025", PlaceBasis::Now);
    assert_eq!(said(&without), ["ubnd 2", " so-a 1", " so-b 1"], "no record stands in between");
    stage.must(vec![kept("C-3", "so-tach", BEFORE)]);
    let now = split(stage, "2025", PlaceBasis::Now);
    assert_eq!(
        said(&now),
        ["ubnd 3", " so-a không quy đổi được", " so-b không quy đổi được", " so-tach 1"],
        "every part of it lies under the committee, so the committee is known"
    );
    let why = now[1].refused.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(why.starts_with("Không quy đổi được: một phần của “Sở Tách”"), "{why}");
    assert_eq!(now[3].title, "Sở Tách (đến trước 01/07/2025)");
    let then = split(stage, "2025-06", PlaceBasis::Then);
    assert_eq!(said(&then), ["ubnd 1", " so-tach 1"]);
    stage.sound();
}

pub(super) fn rights(stage: &mut dyn Stage) {
    found(stage);
    stage.must(vec![under("luu-tru", "so-b", MERGER, ""), went("so-cu", "so-a", "whole")]);
    let of = |agency: &str, edit: EditRequest| CommitRequest {
        actor: Actor {
            id: "dau-moi".to_owned(),
            role: Role::FocalOfficer,
            agency: Some(AgencyId(agency.to_owned())),
            place: None,
            factor: Factor::NotAsked,
        },
        ..request(vec![edit])
    };
    for (number, (agency, owner, allowed)) in [
        ("so-b", "so-b", true),
        ("so-b", "luu-tru", true),
        ("ubnd", "luu-tru", true),
        ("so-a", "so-cu", true),
        ("luu-tru", "so-b", false),
        ("so-a", "so-b", false),
        ("so-cu", "so-a", false),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = stage.commit(&of(agency, kept(&format!("C-{number}"), owner, AFTER)));
        match answer {
            Ok(_) => assert!(allowed, "{agency} writes for {owner}"),
            Err(CommitError::Denied { why: Denied::Agency, .. }) => {
                assert!(!allowed, "{agency} may not write for {owner}");
            }
            Err(error) => panic!("{agency}, {owner}: {error}"),
        }
    }
    stage.sound();
}
