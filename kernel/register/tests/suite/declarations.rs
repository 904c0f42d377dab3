//! Reading and checking declarations.

use crate::common::{EVERY_TYPE, MAST, every_type, mast};
use mc_register::{Schema, Severity, canonical_text, check_new, check_together, schema_hash, system};
use proptest::prelude::*;

/// The sentences for the declaration with one piece replaced.
fn faults(text: &str, piece: &str, by: &str) -> String {
    assert!(text.contains(piece), "the fixture has no {piece}");
    let errors = Schema::from_toml(&text.replacen(piece, by, 1)).expect_err(by);
    errors.iter().map(|error| error.to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn system_registers_are_sound() {
    let schemas = system::schemas().expect("sound declarations");
    let ids: Vec<&str> = schemas.iter().map(|schema| schema.id.as_str()).collect();
    let named: Vec<&str> = system::TEXTS.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, named);
    assert_eq!(check_together(&schemas.iter().collect::<Vec<_>>()), []);
    assert!(system::is_system("place") && !system::is_system("mast"));
}

#[test]
fn canonical_text_gives_the_declaration_back() {
    let mut all = system::schemas().expect("sound declarations");
    all.extend([every_type(), mast()]);
    for schema in all {
        let text = canonical_text(&schema);
        assert_eq!(Schema::from_canonical(&text).as_ref(), Ok(&schema));
        assert!(Schema::from_canonical(&format!("{text} ")).is_err(), "one form only");
    }
}

/// The hash is in every row leaf: this may never change.
#[test]
fn canonical_text_and_hash_are_fixed() {
    let text = MAST.split("[workflow]").next().expect("the part before");
    let schema = Schema::from_toml(text).expect("sound");
    let canonical = canonical_text(&schema);
    assert!(canonical.starts_with(
        "{\"id\":\"mast\",\"slug\":\"cot\",\"programme\":\"sample\",\"title\":{\"vi\":\"Cột\",\"en\":\"Masts\"},"
    ));
    assert!(canonical.contains(
        "\"key\":[\"owner\",\"code\"],\"spells\":[\"state\"],\"field\":[{\"no\":1,\"id\":\"owner\",\"type\":\"code\","
    ));
    assert_eq!(
        schema_hash(&schema).to_string(),
        "d0923eca9743cc0bf4e230a5e9e0b4744cf2cac40cb1f408b7753180750e3e61"
    );
}

#[test]
fn every_fault_is_a_sentence() {
    let cases = [
        (
            EVERY_TYPE,
            "slug = \"moi-kieu\"",
            "slug = \"Mọi kiểu\"",
            "slug “Mọi kiểu”; cần chữ thường không dấu",
        ),
        (EVERY_TYPE, "id = \"every_type\"", "id = \"Every\"", "mã sổ “Every”; cần chữ thường"),
        (EVERY_TYPE, "vi = \"Mọi kiểu\"", "vi = \" \"", "tên tiếng Việt"),
        (EVERY_TYPE, "key = [\"name\", \"count\"]", "key = []", "khóa: 0 trường; cần từ 1 đến 8 trường"),
        (
            EVERY_TYPE,
            "key = [\"name\", \"count\"]",
            "key = [\"name\", \"nam\"]",
            "khóa: trường “nam” chưa khai báo",
        ),
        (EVERY_TYPE, "key = [\"name\", \"count\"]", "key = [\"name\", \"name\"]", "trường “name” hai lần"),
        (
            EVERY_TYPE,
            "key = [\"name\", \"count\"]",
            "key = [\"rate\"]",
            "trường “rate”: trường khóa không bắt buộc",
        ),
        (
            EVERY_TYPE,
            "key = [\"name\", \"count\"]",
            "key = [\"identity_no\"]",
            "trường khóa là dữ liệu cá nhân",
        ),
        (EVERY_TYPE, "key = [\"name\", \"count\"]", "key = [\"spot\"]", "trường khóa kiểu tọa độ"),
        (
            EVERY_TYPE,
            "place = \"place\"",
            "place = \"agency\"",
            "place = “agency” kiểu cơ quan; cần trường kiểu địa bàn",
        ),
        (EVERY_TYPE, "owner = \"agency\"", "owner = \"nobody\"", "trường “nobody” chưa khai báo"),
        (EVERY_TYPE, "no = 2\n", "no = 1\n", "trường “count”: số 1 đã dùng cho trường khác"),
        (EVERY_TYPE, "no = 2\n", "no = 0\n", "số 0; cần số trường từ 1 đến 65535"),
        (EVERY_TYPE, "id = \"rate\"", "id = \"count\"", "mã trường khai báo hai lần"),
        (EVERY_TYPE, "id = \"note\"", "id = \"case\"", "không trùng từ của ngôn ngữ biểu thức"),
        (EVERY_TYPE, "scale = 2\n", "", "trường “rate”: không có scale; cần scale từ 0 đến 9"),
        (EVERY_TYPE, "scale = 2\n", "scale = 10\n", "scale = 10"),
        (EVERY_TYPE, "min = -5\n", "min = -5\nscale = 1\n", "scale trên trường kiểu số nguyên"),
        (EVERY_TYPE, "min = -5\n", "", "trường số thiếu min hoặc max"),
        (EVERY_TYPE, "max = 2000", "max = -6", "min = -5, max = -6; cần min ≤ max"),
        (EVERY_TYPE, "max = 2000", "max = 9007199254740993", "2^53"),
        (EVERY_TYPE, "type = \"bool\"", "type = \"bool\"\nmin = 1", "min, max trên trường kiểu có/không"),
        (EVERY_TYPE, "length_max = 40", "length_max = 0", "length_max = 0; cần từ 1 đến 262144"),
        (EVERY_TYPE, "type = \"day\"", "type = \"day\"\nlength_max = 4", "length_max trên trường kiểu ngày"),
        (EVERY_TYPE, "length_max = 40", "length_max = 40\nnone = \"-\"", "none trên trường kiểu văn bản"),
        (MAST, "id = \"code\"\n", "id = \"code\"\nnone = \"không\"\n", "none = “không”; cần chữ không dấu"),
        (EVERY_TYPE, "id = \"built\"", "id = \"live\"", "mã “live” hai lần"),
        (EVERY_TYPE, "id = \"built\"", "id = \"a,b\"", "mã “a,b”; cần chữ không dấu"),
        (EVERY_TYPE, "register = \"every_type\"\n", "", "tham chiếu không có sổ đích"),
        (
            EVERY_TYPE,
            "type = \"file\"",
            "type = \"file\"\nregister = \"x\"",
            "register trên trường kiểu tệp minh chứng",
        ),
        (EVERY_TYPE, "by = \"parent\"", "by = \"place\"", "lookup.by = “place” kiểu địa bàn"),
        (EVERY_TYPE, "by = \"parent\"", "by = \"up\"", "lookup.by = “up” chưa khai báo"),
        (
            EVERY_TYPE,
            "personal = true",
            "personal = true\nindex = true",
            "dữ liệu cá nhân có index hoặc search",
        ),
        (
            EVERY_TYPE,
            "type = \"point\"",
            "type = \"point\"\nfind = \"exact\"",
            "find trên trường kiểu tọa độ",
        ),
        (EVERY_TYPE, "type = \"point\"", "type = \"point\"\nindex = true", "index trên kiểu tọa độ"),
        (EVERY_TYPE, "expr = \"count <> 13\"", "expr = \" \"", "quy tắc “floors”: biểu thức dài 1 ký tự"),
        (EVERY_TYPE, "aliases = [\"Họ tên\"", "aliases = [\"\"", "tên cột “”"),
        (EVERY_TYPE, "unknown_from", "unknow_from", "dòng 10"),
        (MAST, "id = \"since\"", "id = \"from_day\"", "trường “since” chưa khai báo"),
        (MAST, "key = [\"owner\", \"code\"]", "key = [\"owner\", \"since\"]", "khóa không kể since, until"),
        (MAST, "spells = [\"state\"]", "spells = [\"code\"]", "trường không thuộc khóa"),
        (MAST, "spells = [\"state\"]", "spells = [\"other\"]", "trường “other” chưa khai báo"),
        (MAST, "id = \"until\"\ntype = \"day\"", "id = \"until\"\ntype = \"month\"", "cần kiểu ngày"),
        (
            MAST,
            "id = \"until\"\n",
            "id = \"until\"\nrequired = true\n",
            "required = true; cần required = false",
        ),
        (MAST, "field = \"state\"", "field = \"code\"", "một trường mã có danh mục"),
        (MAST, "id = \"paused\"\n\n", "id = \"pausd\"\n\n", "trạng thái “pausd” không có trong danh mục"),
        (MAST, "id = \"gone\"\nlast = true", "id = \"gone\"", "trạng thái “gone” không có bước chuyển ra"),
        (MAST, "to = \"paused\"", "to = \"gone\"", "không có đường từ trạng thái đầu tới “paused”"),
        (MAST, "to = \"paused\"", "to = \"live\"", "đi từ “live” về chính nó"),
        (MAST, "from = [\"live\"]", "from = [\"gone\"]", "rời trạng thái cuối “gone”"),
        (MAST, "from = [\"live\"]", "from = []", "không có trạng thái đi"),
        (MAST, "needs = [\"document\"]", "needs = [\"paper\"]", "needs nêu trường “paper” chưa khai báo"),
        (MAST, "id = \"pause\"\n", "id = \"start\"\n", "mã bước chuyển khai báo hai lần"),
    ];
    for (text, piece, by, sentence) in cases {
        let faults = faults(text, piece, by);
        assert!(faults.contains(sentence), "{piece} → {by} gave:\n{faults}");
        assert!(faults.starts_with("Sổ “"), "{faults}");
    }
}

#[test]
fn a_sentence_names_register_part_found_and_expected() {
    assert_eq!(
        faults(EVERY_TYPE, "max = 2000", "max = -6"),
        "Sổ “every_type”, trường “count”: min = -5, max = -6; cần min ≤ max, cả hai trong khoảng \
         ±9007199254740992 (2^53)."
    );
}

#[test]
fn registers_are_checked_together() {
    let station = every_type();
    let mut twin = mast();
    twin.slug.clone_from(&station.slug);
    let mut field = station.field("parent").expect("a field").clone();
    (field.no, field.id) = (7, "up".to_owned());
    field.register = Some("nowhere".to_owned());
    twin.field.push(field);
    let mut copy = station.field("identity_no").expect("a field").clone();
    (copy.no, copy.id, copy.personal) = (8, "copied".to_owned(), false);
    copy.lookup = Some(mc_register::Lookup { by: "link".to_owned(), field: "identity_no".to_owned() });
    let mut link = station.field("parent").expect("a field").clone();
    (link.no, link.id) = (9, "link".to_owned());
    twin.field.extend([copy.clone(), link]);
    copy.kind = mc_register::FieldType::Int;
    (copy.no, copy.id) = (10, "wrong".to_owned());
    twin.field.push(copy);
    let sentences: Vec<String> =
        check_together(&[&station, &twin, &station]).iter().map(ToString::to_string).collect();
    for part in [
        "slug “moi-kieu” đã dùng cho sổ “every_type”",
        "mã sổ “every_type” hai lần",
        "trường “up”: sổ đích “nowhere” không có",
        "trường “copied”: chép dữ liệu cá nhân “every_type.identity_no”",
        "trường “wrong”: chép từ “every_type.identity_no” kiểu văn bản",
    ] {
        assert!(sentences.iter().any(|sentence| sentence.contains(part)), "{part} in {sentences:#?}");
    }
    assert_eq!(check_together(&[&station, &mast()]), []);
}

#[test]
fn a_rule_that_asks_for_an_explanation_needs_the_fields_that_hold_it() {
    let without = EVERY_TYPE.replace("id = \"explanation_reason\"", "id = \"why\"");
    let errors = Schema::from_toml(&without).expect_err("a field is missing");
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert!(error.to_string().contains("“explanation_reason”"), "{error}");
    // What a ledger holds from before is read all the same; a mere warning needs no fields.
    let mut old = every_type();
    old.field.retain(|field| !field.id.starts_with("explanation_"));
    assert_eq!(Schema::from_canonical(&canonical_text(&old)).as_ref(), Ok(&old));
    assert!(check_new(&old).is_err());
    old.rule.iter_mut().for_each(|rule| rule.severity = Severity::Warn);
    assert_eq!(check_new(&old), Ok(()));
    let wrong = "id = \"explanation_document\"\ntype = \"text\"";
    for (found, by) in [
        ("kiểu số nguyên", "id = \"explanation_document\"\ntype = \"int\"\nmin = 0\nmax = 9"),
        ("required = true", "id = \"explanation_document\"\ntype = \"text\"\nrequired = true"),
        ("deprecated = true", "id = \"explanation_document\"\ntype = \"text\"\ndeprecated = true"),
    ] {
        assert!(faults(EVERY_TYPE, wrong, by).contains(found), "{found}");
    }
}

#[test]
fn decomposed_letters_are_composed_when_read() {
    let decomposed = MAST.replace("Cột", "Co\u{302}\u{323}t");
    assert_eq!(Schema::from_toml(&decomposed), Ok(mast()));
}

proptest! {
    #[test]
    fn no_text_breaks_the_loader(at in 0_usize..4_000, by in "\\PC{0,5}") {
        let at = (at.min(EVERY_TYPE.len())..=EVERY_TYPE.len()).find(|at| EVERY_TYPE.is_char_boundary(*at));
        let (before, after) = EVERY_TYPE.split_at(at.expect("a boundary"));
        if let Ok(schema) = Schema::from_toml(&format!("{before}{by}{after}")) {
            prop_assert_eq!(Schema::from_canonical(&canonical_text(&schema)), Ok(schema));
        }
    }
}
