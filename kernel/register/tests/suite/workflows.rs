//! Which moves between states are permitted.

use crate::common::{every_type, mast, spell};
use mc_ledger::Value;
use mc_register::workflow::{moves, needs, permitted, transition_of};
use mc_register::{Record, Schema};

fn in_state(schema: &Schema, state: &str) -> Record {
    spell(schema, "X", state, "2025-07-01", "")
}

#[test]
fn a_move_is_permitted_from_its_states_to_its_roles() {
    let schema = mast();
    assert_eq!(
        permitted(&schema, "planned", "start", &["operator"]).map(|step| step.to.as_str()),
        Ok("live")
    );
    assert_eq!(permitted(&schema, "live", "pause", &[]).map(|step| step.to.as_str()), Ok("paused"));
    let sentence = |from, id, roles: &[&str]| permitted(&schema, from, id, roles).expect_err(id).to_string();
    assert_eq!(
        sentence("live", "start", &["operator"]),
        "Không thể “Đưa vào hoạt động” khi đang ở trạng thái “hoạt động”; bước này chỉ đi từ: “dự kiến”, “tạm dừng”."
    );
    assert_eq!(
        sentence("planned", "start", &["reader"]),
        "Bước “Đưa vào hoạt động” cần một trong các vai trò: operator; người thực hiện có: reader."
    );
    assert_eq!(
        sentence("planned", "fly", &[]),
        "Sổ “mast” không có bước chuyển “fly”; các bước hiện có: “Đưa vào hoạt động”, “Tạm dừng”, “Tháo dỡ”."
    );
    assert!(
        permitted(&every_type(), "live", "pause", &[])
            .expect_err("none")
            .to_string()
            .contains("không có quy trình")
    );
}

#[test]
fn buttons_are_those_of_state_and_roles() {
    let schema = mast();
    let ids = |state, roles: &[&str]| -> Vec<String> {
        moves(&schema, state, roles).iter().map(|step| step.id.clone()).collect()
    };
    assert_eq!(ids("live", &[]), ["pause"]);
    assert_eq!(ids("live", &["department"]), ["pause", "remove"]);
    assert_eq!(ids("gone", &["operator"]), [""; 0]);
}

#[test]
fn edits_of_the_state_field_are_moves() {
    let schema = mast();
    let planned = in_state(&schema, "planned");
    let live = in_state(&schema, "live");
    let gone = in_state(&schema, "gone");
    let step =
        transition_of(&schema, Some(&planned), &live, &["operator"]).map(|step| step.map(|step| &step.id));
    assert_eq!(step, Ok(Some(&"start".to_owned())));
    assert_eq!(transition_of(&schema, Some(&live), &live, &[]), Ok(None));
    assert_eq!(transition_of(&schema, None, &live, &[]), Ok(None));
    assert_eq!(
        transition_of(&schema, None, &gone, &[]).expect_err("not initial").to_string(),
        "Bản ghi mới không thể bắt đầu ở trạng thái “tháo dỡ”; cần một trong: “dự kiến”, “hoạt động”."
    );
    assert_eq!(
        transition_of(&schema, Some(&planned), &gone, &["operator"]).expect_err("no path").to_string(),
        "Không có bước chuyển từ “dự kiến” sang “tháo dỡ”; từ đó chỉ có: “hoạt động”."
    );
    assert!(transition_of(&schema, Some(&planned), &live, &[]).is_err(), "the role is missing");
    assert_eq!(transition_of(&every_type(), None, &Record::new(), &[]), Ok(None));
}

#[test]
fn needed_fields_are_named() {
    let schema = mast();
    let step = permitted(&schema, "planned", "start", &["operator"]).expect("permitted");
    let mut after = in_state(&schema, "live");
    let error = needs(&schema, step, &after).expect_err("no document");
    assert_eq!(error.to_string(), "Bước “Đưa vào hoạt động” cần điền: “Văn bản”.");
    assert!(after.set_id(&schema, "document", Value::Text("12/QĐ-UBND".to_owned())));
    assert_eq!(needs(&schema, step, &after), Ok(()));
}
