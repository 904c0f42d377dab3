//! The JSON interface.

use axum::http::StatusCode;

use crate::site::{Answer, Site};

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

#[test]
fn a_figure_has_the_members_of_the_contract() {
    let site = Site::near();
    let answer = site.get("/api/v1/figures/masts?place=15&period=2025-10");
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    let figure = json(&answer);
    assert_eq!(figure["value"], "2");
    assert_eq!(figure["seq"], 4);
    assert_eq!(figure["place"], "15");
    let split = json(&site.get("/api/v1/figures/masts?place=15&period=2025-10&by=place"));
    let rows = split["rows"].as_array().expect("rows");
    let sum: i64 = rows.iter().filter_map(|row| row["value"].as_str()?.parse::<i64>().ok()).sum();
    assert_eq!(sum, 2, "{split}");
}

#[test]
fn records_are_paged_by_cursor() {
    let site = Site::near();
    let mut keys = Vec::new();
    let mut after = String::new();
    for _ in 0..5 {
        let page = json(&site.get(&format!("/api/v1/registers/mast/records?limit=1&after={after}")));
        keys.extend(
            page["records"].as_array().expect("records").iter().map(|record| record["key"].to_string()),
        );
        match page["next"].as_str() {
            Some(next) => after = next.replace('%', "%25").replace('<', "%3C").replace('>', "%3E"),
            None => break,
        }
    }
    assert_eq!(
        keys,
        ["\"A-1/2025-08-01\"", "\"A-2/2025-08-01\"", "\"B<1>%2Fx/2025-08-01\"", "\"S-1/2025-08-01\""]
    );
    let one = json(&site.get("/api/v1/registers/mast/records/B%3C1%3E%2Fx/2025-08-01"));
    assert_eq!(one["values"]["state"], "planned");
}

#[test]
fn personal_values_are_named_as_masked() {
    let record = json(&Site::far().get("/api/v1/registers/plot/records/1/7/2025-08-01"));
    assert_eq!(record["values"]["owner_name"], serde_json::Value::Null);
    assert!(record["masked"].to_string().contains("owner_name"), "{record}");
}

#[test]
fn the_same_position_is_not_sent_twice() {
    let site = Site::near();
    let address = "/api/v1/figures/masts?place=15&period=2025-10";
    let tag = site.get(address).header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    for sent in [tag.clone(), format!("W/{tag}"), format!("\"older\", W/{tag}"), "*".to_owned()] {
        let again = site.get_with(address, &[("if-none-match", &sent)]);
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{sent}");
    }
    assert_eq!(site.get_with(address, &[("if-none-match", "\"older\"")]).status, StatusCode::OK);
}

#[test]
fn errors_are_problems_with_a_sentence() {
    let site = Site::near();
    let cases = [
        ("/api/v1/figures/none?period=2025-10", 404),
        ("/api/v1/figures/masts", 400),
        ("/api/v1/figures/masts?period=x", 400),
        ("/api/v1/figures/masts?period=2025-10&place=zz", 404),
        ("/api/v1/figures/masts?period=2025-10&by=khong-co", 400),
        ("/api/v1/figures/masts?period=2025-10&known_on=99", 404),
        ("/api/v1/registers/none/records", 404),
        ("/api/v1/registers/mast/records?limit=0", 400),
        ("/api/v1/registers/mast/records?after=x", 400),
        ("/api/v1/registers/mast/records/none/2025-08-01", 404),
        ("/api/v1/registers/mast/records?tai=zz", 400),
    ];
    for (address, status) in cases {
        let answer = site.get(address);
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert!(json(&answer)["detail"].as_str().is_some_and(|text| text.chars().count() > 10), "{address}");
    }
}
