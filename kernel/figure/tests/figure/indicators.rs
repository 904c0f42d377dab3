//! Declarations of indicators: read, checked, and kept in one form.

use mc_figure::{
    Definition, DefinitionError, canonical_text, check, check_all, definition_hash, hash_of_text,
};
use mc_register::Schema;

use crate::common::schema;

const RATE: &str = r#"
id = "done_rate"
slug = "ty-le-hoan-thanh"
programme = "digitisation"
version = 1
title = { vi = "Tỷ lệ hoàn thành", en = "Completion rate" }
description = { vi = "Đã làm chia tổng số.", en = "Done over total." }
unit = { vi = "%", en = "%" }
kind = "ratio"
decimals = 1
direction = "up"
share = true
reported_by = "owner"

[num]
id = "done"
register = "sample"
value = "sum(done)"
bound = 1000000
time = { rule = "stock", from = "first_day(reported)", to = "next_month(reported)" }
cuts = [["state"], ["operator"]]

[den]
id = "total"
register = "sample"
value = "sum(total)"
bound = 1000000
time = { rule = "stock", from = "first_day(reported)", to = "next_month(reported)" }
cuts = [["state", "shared"], ["operator"]]
"#;

fn rate() -> Definition {
    Definition::from_toml(RATE).expect("a definition")
}

fn checked(definition: &Definition, schema: &Schema) -> Result<mc_figure::Indicator, Vec<DefinitionError>> {
    check(definition, &|id| (id == schema.id).then_some(schema))
}

#[test]
fn a_ratio_may_be_split_by_the_cuts_of_both() {
    let indicator = checked(&rate(), &schema()).expect("an indicator");
    let cuts: Vec<_> = indicator.cuts.iter().map(|cut| (cut.name.as_str(), cut.num, cut.den)).collect();
    assert_eq!(cuts, vec![("operator", 1, Some(1))]);
    assert_eq!(indicator.reported_by, Some(17));
}

#[test]
fn the_kept_form_is_read_back_and_names_the_version() {
    let text = canonical_text(&rate());
    let back: Definition = serde_json::from_str(&text).expect("a definition");
    assert_eq!(back, rate());
    assert_eq!(definition_hash(&rate()), hash_of_text(&text));
    let next = Definition { version: 2, ..rate() };
    assert_ne!(definition_hash(&next), definition_hash(&rate()));
}

#[test]
fn a_share_needs_a_rule_that_bounds_it() {
    let refusal = |definition: &Definition, schema: &Schema| {
        checked(definition, schema)
            .expect_err("a refusal")
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut without_rule = schema();
    without_rule.rule.clear();
    assert!(refusal(&rate(), &without_rule).contains("tử số <= mẫu số"));
    let mut warning = schema();
    warning.rule[0].severity = mc_register::Severity::Warn;
    assert!(refusal(&rate(), &warning).contains("tử số <= mẫu số"));
    let mut mirrored = schema();
    mirrored.rule[0].expr = "shared AND total >= done".to_owned();
    assert!(checked(&rate(), &mirrored).is_ok());

    let mut narrower = rate();
    narrower.num.filter = Some("state = 'live' AND shared".to_owned());
    assert!(checked(&narrower, &schema()).is_ok());
    let mut wider = rate();
    wider.den.as_mut().expect("a denominator").filter = Some("shared".to_owned());
    assert!(refusal(&wider, &schema()).contains("bộ lọc"));
    let mut counts = rate();
    counts.num.value = "count".to_owned();
    assert!(refusal(&counts, &schema()).contains("cùng là count"));
    counts.den.as_mut().expect("a denominator").value = "count".to_owned();
    assert!(checked(&counts, &schema()).is_ok());
}

#[test]
fn all_reasons_are_given_at_once() {
    let mut bad = rate();
    bad.id = "Tỷ lệ".to_owned();
    bad.version = 0;
    bad.decimals = 7;
    bad.num.filter = Some("flors = 1".to_owned());
    bad.den = None;
    bad.reported_by = Some("name".to_owned());
    let sentences: Vec<_> =
        checked(&bad, &schema()).expect_err("refusals").iter().map(ToString::to_string).collect();
    for part in
        ["id là “Tỷ lệ”", "version", "decimals", "den là “không có”", "flors", "reported_by là “name”"]
    {
        assert!(sentences.iter().any(|sentence| sentence.contains(part)), "{part} in {sentences:#?}");
    }
}

#[test]
fn definitions_that_live_together_agree() {
    let schema = schema();
    let find = |id: &str| (id == schema.id).then_some(&schema);
    let mut second = rate();
    second.version = 2;
    assert_eq!(check_all(&[rate(), second.clone()], &find).map(|all| all.len()), Ok(2));
    second.num.bound += 1;
    let errors = check_all(&[rate(), second], &find).expect_err("a refusal");
    assert_eq!(
        errors.iter().map(ToString::to_string).collect::<Vec<_>>(),
        vec!["độ đo “done” được khai hai lần khác nhau"]
    );
    assert!(check_all(&[rate(), rate()], &find).is_err());
}

#[test]
fn scans_are_read() {
    let mut scan = rate();
    scan.kind = mc_figure::Kind::Scan;
    scan.unit.vi = "ngày".to_owned();
    scan.share = false;
    scan.den = None;
    for (text, fine) in [
        ("distinct(operator)", true),
        ("median(ended - started)", true),
        ("p90(area)", true),
        ("distinct(done + 1)", false),
        ("median(name)", false),
        ("mode(done)", false),
    ] {
        scan.scan = Some(text.to_owned());
        assert_eq!(checked(&scan, &schema()).is_ok(), fine, "{text}");
    }
}

#[test]
fn what_is_no_declaration_is_refused() {
    assert!(matches!(Definition::from_toml("id = 1"), Err(DefinitionError::Unreadable { .. })));
    assert!(matches!(Definition::from_toml(&" ".repeat(70_000)), Err(DefinitionError::TooLong { .. })));
}
