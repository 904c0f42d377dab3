//! Rows that break a rule.

use mc_ledger::Value;
use mc_port::{ImportRow, Importer as _, RejectedRow};
use mc_register::{Edit, Record};
use mc_stories::small::{COMMUNES, mast, with};

use crate::counts;
use crate::instance::{Instance, import_of};

#[test]
fn a_rule_refuses_its_row_and_a_reader_of_files_may_refuse_too() {
    let instance = Instance::new();
    let live = |code: &str| mast(code, COMMUNES[0], "live", "2025-01-01");
    let mut rows = [
        Ok(live("C1")),
        Ok(with(live("C2"), "mast", "height", Value::Int(300))),
        Err("Ô B4 không phải ngày.".to_owned()),
    ];
    let prepared = |rows: &[Result<Record, String>]| {
        let mut rows = rows.iter().cloned().zip(1..).map(|(row, number)| match row {
            Ok(record) => Ok(ImportRow { row: number, edit: Edit::Insert { record } }),
            Err(message) => Err(RejectedRow { row: number, field: None, message }),
        });
        instance.queue().prepare(&import_of("mast"), &mut rows, &mut |_| {}).expect("prepared")
    };
    let refused = prepared(&rows);
    assert_eq!(counts(&refused), (1, 0, 0, 2));
    assert_eq!(refused.rejected[0].field.as_deref(), Some("explanation_document"));
    assert!(refused.rejected[0].message.contains("giải trình"), "{:?}", refused.rejected);
    assert_eq!(refused.rejected[1].message, "Ô B4 không phải ngày.");
    let text = |text: &str| Value::Text(text.to_owned());
    if let Ok(tall) = &mut rows[1] {
        *tall = with(tall.clone(), "mast", "explanation_document", text("Biên bản 12/BB"));
        let half = prepared(&rows);
        assert_eq!(half.rejected[0].field.as_deref(), Some("explanation_reason"));
    }
    rows[1] = rows[1].clone().map(|tall| with(tall, "mast", "explanation_reason", text("Nối thêm ngọn.")));
    let explained = prepared(&rows);
    assert_eq!(counts(&explained), (2, 0, 0, 1));
    instance.queue().apply(explained, true, &mut |_, _| {}).expect("applied").expect("a commit");
    let version =
        instance.read().history("mast", "C2/2025-01-01").expect("a history").pop().expect("a version");
    assert!(version.is_explained());
    instance.sound();
}
