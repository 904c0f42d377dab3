//! What a declaration may become once its register is filled.

use crate::common::{EVERY_TYPE, MAST, every_type, mast};
use mc_register::{ChangeKind, Schema, check, compare, system};

fn changed(text: &str, piece: &str, by: &str) -> (Schema, Schema) {
    assert!(text.contains(piece), "the fixture has no {piece}");
    let old = Schema::from_toml(text).expect("sound");
    let new: Schema = Schema::from_toml(&text.replacen(piece, by, 1)).expect(by);
    (old, new)
}

#[test]
fn nothing_differs_from_itself() {
    let mut all = system::schemas().expect("sound declarations");
    all.extend([every_type(), mast()]);
    for schema in &all {
        assert!(compare(schema, schema).is_empty(), "{}", schema.id);
    }
}

#[test]
fn allowed() {
    use ChangeKind::*;
    let new_field = "[[field]]\nno = 19\nid = \"extra\"\ntype = \"day\"\ntitle = { vi = \"Thêm\", en = \"Extra\" }\n\n[[rule]]";
    let new_rule = "[[rule]]\nid = \"more\"\nexpr = \"count > 0\"\nmessage = { vi = \"Dương.\", en = \"Positive.\" }\nseverity = \"warn\"\n\n[[rule]]";
    let new_code = "{ id = \"sold\", title = { vi = \"Đã bán\", en = \"Sold\" } },\n    { id = \"gone\"";
    let cases = [
        (EVERY_TYPE, "[[rule]]", new_field, FieldAdded, "thêm trường “extra”: Thêm"),
        (EVERY_TYPE, "[[rule]]", new_rule, RuleAdded, "thêm quy tắc “more”: count > 0"),
        (EVERY_TYPE, "{ id = \"gone\"", new_code, CodeAdded, "thêm mã cho “state”: sold (Đã bán)"),
        (
            EVERY_TYPE,
            "id = \"note\"\n",
            "id = \"note\"\ndeprecated = true\n",
            Deprecated,
            "ngừng dùng cho bản ghi mới “note”",
        ),
        (EVERY_TYPE, ", deprecated = true", "", Restored, "dùng lại “state.gone”"),
        (
            EVERY_TYPE,
            "vi = \"Ghi chú\"",
            "vi = \"Chú thích\"",
            Retitled,
            "sửa lời “note”: “Ghi chú” thành “Chú thích”",
        ),
        (
            EVERY_TYPE,
            "en = \"Note\"",
            "en = \"Remark\"",
            Retitled,
            "sửa lời “note”: tiếng Anh “Note” thành “Remark”",
        ),
        (EVERY_TYPE, "vi = \"Đang xây dựng\"", "vi = \"Đang xây\"", Retitled, "sửa lời “state.built”"),
        (EVERY_TYPE, "vi = \"Mọi kiểu\"", "vi = \"Đủ kiểu\"", Retitled, "sửa lời “tên sổ”"),
        (
            EVERY_TYPE,
            "severity = \"explain\"",
            "severity = \"refuse\"",
            Tightened,
            "siết cho lần ghi mới “floors”",
        ),
        (EVERY_TYPE, "severity = \"explain\"", "severity = \"warn\"", Loosened, "nới “floors”"),
        (EVERY_TYPE, "count <> 13", "count <> 14", RuleChanged, "đổi biểu thức của quy tắc “floors”"),
        (EVERY_TYPE, "id = \"note\"\n", "id = \"note\"\nrequired = true\n", Tightened, "“note”: bắt buộc"),
        (EVERY_TYPE, "max = 2000", "max = 3000", Widened, "“count”: “-5 đến 2000” thành “-5 đến 3000”"),
        (EVERY_TYPE, "length_max = 40", "length_max = 50", Widened, "độ dài “40” thành “50”"),
        (
            EVERY_TYPE,
            "id = \"note\"\n",
            "id = \"note\"\npersonal = true\n",
            MarkedPersonal,
            "đánh dấu dữ liệu cá nhân “note”",
        ),
        (EVERY_TYPE, "id = \"begun\"\n", "id = \"begun\"\nindex = true\n", Offered, "“begun”: lọc bật"),
        (EVERY_TYPE, "owner = \"agency\"\n", "", OwnerChanged, "“agency” thành không có"),
        (EVERY_TYPE, "lookup = { by = \"parent\", field = \"place\" }", "", LookupChanged, "parent.place"),
        (EVERY_TYPE, "min = -5\n", "min = -5\nunit = \"tầng\"\n", Retitled, "đơn vị không có thành “tầng”"),
        (MAST, "roles = [\"operator\"]\n", "", WorkflowChanged, "đổi quy trình"),
    ];
    for (text, piece, by, kind, sentence) in cases {
        let (old, new) = changed(text, piece, by);
        let evolution = compare(&old, &new);
        assert_eq!(evolution.refused, [], "{piece} → {by}");
        let [change] = evolution.allowed.as_slice() else { panic!("{piece} → {by}: {evolution:?}") };
        assert_eq!(change.kind, kind, "{piece} → {by}");
        assert!(change.to_string().contains(sentence), "{change}");
    }
}

#[test]
fn refused() {
    let cases = [
        (EVERY_TYPE, "id = \"every_type\"", "id = \"other\"", "mã sổ: “every_type” thành “other”"),
        (EVERY_TYPE, "slug = \"moi-kieu\"", "slug = \"kieu\"", "slug: “moi-kieu” thành “kieu”"),
        (EVERY_TYPE, "key = [\"name\", \"count\"]", "key = [\"name\"]", "khóa: “name, count” thành “name”"),
        (EVERY_TYPE, "place = \"place\"\n", "", "trường địa bàn: “place” thành không có"),
        (EVERY_TYPE, "unknown_from = true\n", "", "unknown_from: “true” thành “false”"),
        (
            EVERY_TYPE,
            "id = \"begun\"\ntype = \"day\"",
            "id = \"begun\"\ntype = \"month\"",
            "“ngày” thành “tháng”",
        ),
        (EVERY_TYPE, "scale = 2", "scale = 3", "số chữ số lẻ “2” thành “3”"),
        (EVERY_TYPE, "no = 5\n", "no = 50\n", "trường “begun”: số 5 thành số 50"),
        (EVERY_TYPE, "id = \"begun\"", "id = \"started\"", "số 5 nay thuộc trường “started”"),
        (EVERY_TYPE, "unit = \"%\"", "unit = \"‰\"", "đơn vị “%” thành “‰”"),
        (EVERY_TYPE, "max = 2000", "max = 1000", "“-5 đến 2000” thành “-5 đến 1000”"),
        (EVERY_TYPE, "min = -5", "min = 0", "“-5 đến 2000” thành “0 đến 2000”"),
        (EVERY_TYPE, "length_max = 40", "length_max = 30", "độ dài “40” thành “30”"),
        (EVERY_TYPE, "{ id = \"built\"", "{ id = \"made\"", "mã “built” không còn"),
        (EVERY_TYPE, "personal = true\n", "", "bỏ dấu dữ liệu cá nhân"),
        (EVERY_TYPE, "register = \"every_type\"", "register = \"mast\"", "sổ đích “every_type” thành “mast”"),
        (
            MAST,
            "spells = [\"state\"]",
            "spells = [\"state\", \"document\"]",
            "“state” thành “state, document”",
        ),
    ];
    for (text, piece, by, sentence) in cases {
        let (old, new) = changed(text, piece, by);
        let refused = compare(&old, &new).refused;
        let found = refused.iter().any(|refusal| refusal.to_string().contains(sentence));
        assert!(found, "{piece} → {by}: {refused:#?}");
        assert!(refused.iter().all(|refusal| refusal.reason.ends_with('.')));
    }
}

#[test]
fn a_field_is_neither_removed_nor_added_as_required() {
    let old = every_type();
    let mut new = old.clone();
    new.field.retain(|field| field.id != "note");
    let refused = compare(&old, &new).refused;
    assert_eq!(
        refused.first().map(ToString::to_string).as_deref(),
        Some(
            "Sổ “every_type”, trường “note”: trường số 18 không còn. Không bỏ được trường đã có; đánh dấu deprecated = true."
        )
    );
    let mut new = old.clone();
    let mut field = new.field("note").expect("a field").clone();
    (field.no, field.id, field.required) = (30, "more".to_owned(), true);
    new.field.push(field);
    assert_eq!(check(&new), Ok(()));
    let refused = compare(&old, &new).refused;
    assert!(refused.iter().any(|refusal| refusal.found == "trường mới bắt buộc"), "{refused:?}");
}

#[test]
fn a_free_code_does_not_become_a_list() {
    let old = every_type();
    let mut new = old.clone();
    let codes = new.field("state").expect("a field").codes.clone();
    if let Some(field) = new.field.iter_mut().find(|field| field.id == "serial") {
        field.codes = codes;
    }
    let refused = compare(&old, &new).refused;
    assert!(refused.iter().any(|refusal| refusal.found == "thêm danh mục cho mã tự do"), "{refused:?}");
}

#[test]
fn order_is_a_retitling() {
    let old = every_type();
    let mut new = old.clone();
    new.field.swap(4, 5);
    let evolution = compare(&old, &new);
    assert_eq!(evolution.refused, []);
    assert_eq!(evolution.allowed.len(), 1);
    assert!(!evolution.allowed.iter().any(|change| change.kind.loosens()));
    new.rule.clear();
    assert!(compare(&old, &new).allowed.iter().any(|change| change.kind.loosens()));
}
