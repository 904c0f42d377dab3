//! The description of the JSON interface: it holds every route, and what it says is true of the answers.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;

use crate::site::{Answer, Site};

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

fn described() -> Value {
    let answer = Site::near().get("/api/v1/openapi.json");
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    json(&answer)
}

/// What stands at a reference within the document.
fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => {
            let pointer = reference.strip_prefix('#').expect("a reference inside the document");
            document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
        }
        None => schema,
    }
}

#[test]
fn every_route_is_described_and_nothing_else() {
    // A parameter's name is of no matter to the router: `{id}`, `{*key}`.
    let plain = |path: &str| {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let routes: BTreeSet<String> = mc_pages::routes()
        .filter(|route| {
            let files = ["/nhat-ky/", "/tlog-proof", "/muc-ghi"];
            route.path.starts_with("/api/") || files.iter().any(|part| route.path.contains(part))
        })
        .map(|route| format!("{} {}", route.method.word().to_lowercase(), plain(route.path)))
        .collect();
    let document = described();
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("an item").keys();
            methods.map(|method| format!("{method} {}", plain(path))).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(described, routes);
}

#[test]
fn the_document_is_openapi_and_every_reference_leads_somewhere() {
    let document = described();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let operation = if item["get"].is_object() { &item["get"] } else { &item["post"] };
        assert!(ids.insert(operation["operationId"].to_string()), "{path}: an id twice");
        let named: BTreeSet<&str> = operation["parameters"]
            .as_array()
            .expect("parameters")
            .iter()
            .map(|parameter| resolve(&document, parameter))
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| {
                assert_eq!(parameter["required"], true, "{path}");
                parameter["name"].as_str().expect("a name")
            })
            .collect();
        let inside: BTreeSet<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(named, inside, "{path}");
        assert!(operation["responses"]["200"].is_object() && operation["responses"]["default"].is_object());
    }
    let mut open = vec![&document];
    let mut references = 0;
    while let Some(value) = open.pop() {
        if value["$ref"].is_string() {
            references += 1;
            assert!(resolve(&document, value).is_object());
        }
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(references > 20, "only {references} references");
}

/// Checks an answer against the part of JSON Schema that the document uses.
fn fits(document: &Value, schema: &Value, answer: &Value, at: &str) {
    let schema = resolve(document, schema);
    if let Some(mapping) = schema["discriminator"]["mapping"].as_object() {
        let name = answer[schema["discriminator"]["propertyName"].as_str().expect("a name")].as_str();
        let target = mapping.get(name.expect("the discriminator")).expect("a mapping");
        return fits(document, &serde_json::json!({ "$ref": target }), answer, at);
    }
    let kind = match answer {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = &schema["type"];
    let allowed = kinds == kind || kinds.as_array().is_some_and(|kinds| kinds.contains(&kind.into()));
    assert!(allowed, "{at} is {kind}, described as {kinds}");
    for name in schema["required"].as_array().into_iter().flatten().filter(|_| answer.is_object()) {
        assert!(answer.get(name.as_str().expect("a name")).is_some(), "{at} lacks {name}");
    }
    if let Some(codes) = schema["enum"].as_array() {
        assert!(codes.contains(answer), "{at}: {answer} is not among {codes:?}");
    }
    for (name, value) in answer.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(member) => fits(document, member, value, &format!("{at}.{name}")),
            None => assert!(schema["properties"].is_null(), "{at}.{name} is not described"),
        }
    }
    for item in answer.as_array().into_iter().flatten() {
        fits(document, &schema["items"], item, at);
    }
}

#[test]
fn answers_are_as_described() {
    let document = described();
    let site = Site::near();
    let hidden = json(&Site::far().get("/api/v1/figures/plot_area?period=2025-10&by=place"));
    assert_eq!((&hidden["hidden"], &hidden["value"]), (&"few".into(), &Value::Null), "{hidden}");
    let figure = &document["paths"]["/api/v1/figures/{indicator}"]["get"]["responses"]["200"]["content"];
    fits(&document, &figure["application/json"]["schema"], &hidden, "a hidden figure");
    for (path, address) in [
        ("/api/v1/figures/{indicator}", "/api/v1/figures/masts?place=15&period=2025-10&by=place"),
        ("/api/v1/registers", "/api/v1/registers"),
        ("/api/v1/registers/{register}/records", "/api/v1/registers/mast/records?limit=2"),
        ("/api/v1/registers/{register}/records", "/api/v1/registers/plot/records"),
        ("/api/v1/registers/{register}/records/{key}", "/api/v1/registers/mast/records/A-1/2025-08-01"),
        ("/api/v1/openapi.json", "/api/v1/openapi.json"),
    ] {
        let answer = json(&site.get(address));
        let described = &document["paths"][path]["get"]["responses"]["200"]["content"];
        fits(&document, &described["application/json"]["schema"], &answer, address);
    }
}

#[test]
fn a_checked_text_is_as_described() {
    let document = described();
    let text = "Đến hết tháng 10/2025, toàn tỉnh Lào Cai có hơn 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác, \
                tăng từ 3 đến 5%; 96/99 xã có trạm, xếp thứ 9. Năm 2026 phấn đấu đạt 84,2%, bình quân 5,2 triệu đồng/hộ, \
                gấp 1,5 lần, tăng 2 điểm %, dài 12 km trong 30 ngày.";
    let sent = serde_json::json!({ "text": text, "date": "2025-11-17" }).to_string();
    let request = axum::http::Request::post("/api/v1/check")
        .header("host", "127.0.0.1:5757")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(sent))
        .expect("a request");
    let answer = json(&Site::near().ask(request));
    assert!(answer["claims"].as_array().is_some_and(|claims| claims.len() > 10), "{answer}");
    assert!(answer["registers"].as_array().is_some_and(|registers| !registers.is_empty()), "{answer}");
    let content = &document["paths"]["/api/v1/check"]["post"]["responses"]["200"]["content"];
    fits(&document, &content["application/json"]["schema"], &answer, "a checked text");
}

#[test]
fn a_saved_check_is_as_described() {
    let (site, document) = (Site::illustrative(true), described());
    let id = "0123456789abcdef0123456789abcdef";
    let fields =
        [("ma", id), ("bai", "Có 1.672 hộ, gồm 1.250 hộ nghèo và 308 hộ khác."), ("ngay", "17/11/2025")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(site.post("/soat-so/da-luu", &fields).status, StatusCode::SEE_OTHER);
    let answer = json(&site.get(&format!("/api/v1/check/saved/{id}")));
    assert_eq!((&answer["id"], &answer["saved_at"]), (&id.into(), &"2025-11-17T12:00:00+07:00".into()));
    let content = &document["paths"]["/api/v1/check/saved/{id}"]["get"]["responses"]["200"]["content"];
    fits(&document, &content["application/json"]["schema"], &answer, "a saved check");
}

#[test]
fn what_is_not_there_is_a_problem_as_well() {
    let site = Site::near();
    let document = described();
    let unknown = site.get("/api/v1/khong-co");
    let method = site.post("/api/v1/registers", &[]);
    for (answer, status) in [(unknown, StatusCode::NOT_FOUND), (method, StatusCode::METHOD_NOT_ALLOWED)] {
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        fits(&document, &document["components"]["schemas"]["Problem"], &json(&answer), "problem");
    }
}
