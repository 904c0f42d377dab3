//! `check --data`: texts of our own against the registers of a generated instance, for each kind of verdict and each
//! reason.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

struct Demo {
    _root: tempfile::TempDir,
    data: PathBuf,
}

/// One demo for all tests: they only read.
fn demo() -> &'static PathBuf {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    let made = DEMO.get_or_init(|| {
        let root = tempfile::tempdir().expect("a directory");
        let data = root.path().join("data");
        let mut command = Command::new(env!("CARGO_BIN_EXE_minhchung"));
        let output = command.args(["generate", "--scale", "demo", "--json", "--data"]).arg(&data).output();
        assert!(output.expect("the program runs").status.success());
        Demo { _root: root, data }
    });
    &made.data
}

fn checked(text: &str, arguments: &[&str]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_minhchung"))
        .args(["check", "-"])
        .args(arguments)
        .arg("--data")
        .arg(demo())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{text}");
    String::from_utf8(output.stdout).expect("text")
}

/// What the registers say to each claim: text, verdict, indicator, ours, reason.
fn said(text: &str) -> Vec<[String; 5]> {
    let report: Value =
        serde_json::from_str(&checked(text, &["--date", "2025-11-17", "--json"])).expect("JSON");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = report["registers"].as_array().expect("registers").iter().map(|row| {
        let claim = &report["claims"][row["claim"].as_u64().expect("an index") as usize];
        [
            word(&claim["text"]),
            word(&row["verdict"]),
            word(&row["indicator"]),
            word(&row["ours"]),
            word(&row["reason"]),
        ]
    });
    rows.collect()
}

/// The one verdict on the one claim of a text.
fn only(text: &str) -> [String; 5] {
    let mut all = said(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

#[track_caller]
fn expect(text: &str, verdict: &str, indicator: &str, ours: &str, reason: &str) {
    let [_, found, id, value, why] = only(text);
    assert_eq!([found.as_str(), &id, &value], [verdict, indicator, ours], "{text}: {why}");
    assert!(why.contains(reason), "{text}: {why}");
}

#[test]
fn what_was_published_agrees_with_the_registers() {
    let text = "Tỉnh Lào Cai họp về chuyển đổi số\n\n\
        Tỉnh đã chọn 5 lĩnh vực mũi nhọn. Về cơ sở đào tạo, nghiên cứu, hiện tỉnh Lào Cai có 2 đơn vị; tính đến nay \
        Lào Cai có 15 tổ chức hoạt động trong lĩnh vực khoa học và công nghệ.\n\n\
        Về hạ tầng số, toàn tỉnh có 4.607 trạm thu phát sóng; hiện có 2 trung tâm dữ liệu do Văn phòng Tỉnh ủy quản \
        lý. Số hóa hồ sơ, tài liệu của khối các cơ quan nhà nước đến cuối tháng 10/2025 đạt 84,2%.\n\n\
        Về kinh phí cho khoa học công nghệ, đổi mới sáng tạo, chuyển đổi số, từ đầu năm đến hết tháng 10, mức đầu tư \
        đạt 574 tỷ đồng, chiếm 1,5% tổng chi ngân sách địa phương.\n";
    let expected = [
        ["5 lĩnh vực", "equal", "spearhead_fields", "5"],
        ["2 đơn vị", "equal", "training_institutions", "2"],
        ["15 tổ chức", "equal", "st_organisations", "15"],
        ["4.607 trạm", "equal", "stations", "4607"],
        ["2 trung tâm dữ liệu", "equal", "data_centres", "2"],
        ["84,2%", "equal", "digitisation_rate", "84.2"],
        ["574 tỷ đồng", "equal", "st_spending", "574000000000"],
        ["1,5%", "equal", "st_spending_share", "1.5"],
    ];
    let found = said(text);
    let rows: Vec<[&str; 4]> = found.iter().map(|[a, b, c, d, _]| [a.as_str(), b, c, d]).collect();
    assert_eq!(rows, expected, "{found:?}");
    let [_, verdict, _, _, why] = only("Tỉnh Lào Cai có điểm nghẽn ở 3 trọng điểm.");
    assert_eq!(verdict, "none", "foci are no figure");
    assert!(why.contains("sổ “Điểm nghẽn” chia “Trọng điểm” làm 3"), "{why}");
    let base = &found.last().expect("the share")[4];
    assert_eq!(
        base,
        "574.000.000.000 ÷ 38.266.666.666.667, tổng chi ngân sách địa phương thực hiện đến cùng ngày"
    );
}

#[test]
fn a_figure_is_read_with_its_handle_at_the_end_of_the_texts_day() {
    let text = "Toàn tỉnh Lào Cai có 4.017 trạm BTS.";
    let arguments = ["--date", "2025-07-30", "--json"];
    let report: Value = serde_json::from_str(&checked(text, &arguments)).expect("JSON");
    let row = &report["registers"][0];
    assert_eq!((&row["verdict"], &row["ours"]), (&"equal".into(), &"4017".into()), "{row}");
    assert_eq!((&row["place"], &row["period"]), (&"15".into(), &"2025-07-30".into()));
    assert_eq!((&row["unit"], &row["version"]), (&"trạm".into(), &1.into()));
    assert!(row["position"].as_u64().is_some_and(|position| position > 0));
    assert_eq!(report["claims"][0]["indicator"], "stations");
    let before = checked(text, &["--date", "2025-06-01", "--json"]);
    let report: Value = serde_json::from_str(&before).expect("JSON");
    assert_eq!(report["registers"][0]["verdict"], "none", "nothing was known then");
    let nothing = checked("Toàn tỉnh có 77 cây đa.", &arguments);
    let report: Value = serde_json::from_str(&nothing).expect("JSON");
    assert_eq!(report["claims"][0]["indicator"], Value::Null);
}

#[test]
fn rounding_and_hedges_are_taken_as_they_are_written() {
    expect("Tỉnh Lào Cai có 4,6 nghìn trạm thu phát sóng.", "rounded", "stations", "4607", "");
    expect("Tỉnh Lào Cai có hơn 4.600 trạm thu phát sóng.", "rounded", "stations", "4607", "");
    expect("Tỉnh Lào Cai có hơn 1.000 trạm thu phát sóng.", "none", "stations", "4607", "cùng phía");
    expect("Tỉnh Lào Cai có hơn 5.000 trạm thu phát sóng.", "different", "stations", "4607", "");
}

#[test]
fn a_difference_is_told_with_the_one_change_that_explains_it() {
    let different = |text, ours, reason| expect(text, "different", "stations", ours, reason);
    let date = "khác ngày: khớp với số các ngày từ 18/07/2025 đến 03/08/2025, như đã biết khi đó";
    different("Đến nay, toàn tỉnh Lào Cai có 4.017 trạm thu phát sóng.", "4607", date);
    different(
        "Toàn tỉnh Lào Cai có 1.681 trạm thu phát sóng.",
        "4607",
        "khác cách đếm: khớp với riêng phần “Nhà mạng A”",
    );
    different("Toàn tỉnh Lào Cai có 4.670 trạm thu phát sóng.", "4607", "đảo chữ số: nếu 4.607 thì khớp");
    different("Toàn tỉnh Lào Cai có 4.607.000 trạm thu phát sóng.", "4607", "sai đơn vị: nếu 4.607 thì khớp");
    let gate = "Tháng 10/2025, tỉnh Minh Họa có 12.000 lượt phương tiện qua cửa khẩu.";
    expect(gate, "different", "gate_vehicles", "9820", "chưa rõ");
    let parcels = "Đến nay, tỉnh Minh Họa có 30 thửa đất.";
    expect(parcels, "different", "parcels_by_group", "3000", "");
    different("Toàn tỉnh Lào Cai có 4.907 trạm thu phát sóng.", "4607", "sai một chữ số: nếu 4.607 thì khớp");
    different("Toàn tỉnh Lào Cai có 467 trạm thu phát sóng.", "4607", "thiếu một chữ số: nếu 4.607 thì khớp");
    different(
        "Toàn tỉnh Lào Cai có 46.607 trạm thu phát sóng.",
        "4607",
        "lặp một chữ số: nếu 4.607 thì khớp",
    );
    different("Toàn tỉnh Lào Cai có 8.888 trạm thu phát sóng.", "4607", "chưa rõ");
}

#[test]
fn what_was_published_with_a_slip_is_told_so() {
    let text = "Tỉnh Lào Cai họp\n\nVề hạ tầng số, hiện có 3 trung tâm dữ liệu. Tỉnh chọn 6 lĩnh vực mũi nhọn.\n\n\
        Số hóa hồ sơ thủ tục hành chính và tài liệu lịch sử của khối các cơ quan nhà nước đến cuối tháng 10/2025 đạt \
        82,4%.\n\nVề kinh phí cho khoa học công nghệ, đổi mới sáng tạo, chuyển đổi số, từ đầu năm đến hết tháng 10, \
        mức đầu tư đạt 547 tỷ đồng, chiếm 1,9% tổng chi ngân sách địa phương, trong đó chi cho chuyển đổi số 400 tỷ đồng.\n";
    let expected = [
        ["3 trung tâm dữ liệu", "different", "data_centres", "2", "chưa rõ"],
        ["6 lĩnh vực", "different", "spearhead_fields", "5", "chưa rõ"],
        ["82,4%", "different", "digitisation_rate", "84.2", "đảo chữ số: nếu 84,2% thì khớp"],
        ["547 tỷ đồng", "different", "st_spending", "574000000000", "đảo chữ số: nếu 574 tỷ thì khớp"],
        ["1,9%", "different", "st_spending_share", "1.5", "sai một chữ số: nếu 1,5% thì khớp"],
        ["400 tỷ đồng", "different", "st_spending_digital", "415576000000", "chưa rõ"],
    ];
    assert_eq!(said(text), expected.map(|row| row.map(str::to_owned)));
}

#[test]
fn a_communes_number_is_held_against_the_communes_own_figure() {
    expect("Xã Bát Xát (tỉnh Lào Cai) có 46 trạm thu phát sóng.", "equal", "stations", "46", "");
    let province = "khác phạm vi: khớp với số của";
    expect(
        "Hiện nay, xã Bát Xát, tỉnh Lào Cai có 4.607 trạm thu phát sóng.",
        "different",
        "stations",
        "46",
        province,
    );
}

#[test]
fn part_of_an_operator_is_held_against_its_part() {
    let [_, verdict, indicator, ours, _] = only("Tỉnh Lào Cai có 1.681 trạm thu phát sóng của Nhà mạng A.");
    assert_eq!([verdict, indicator, ours], ["equal", "stations", "1681"].map(str::to_owned));
}

#[test]
fn what_is_narrower_wanted_or_elsewhere_is_not_accused() {
    let none = |text, reason| {
        let [_, verdict, _, _, why] = only(text);
        assert_eq!(verdict, "none", "{text}: {why}");
        assert!(why.contains(reason), "{text}: {why}");
    };
    none("Tỉnh Lào Cai có 120 trạm thu phát sóng vùng biên giới.", "vùng biên giới");
    none("Năm 2026, tỉnh Lào Cai phấn đấu có 6.000 trạm thu phát sóng.", "phải đạt");
    none("Tỉnh Lào Cai tăng 590 trạm thu phát sóng.", "tăng giảm");
    none("Cả nước có 95.000 trạm thu phát sóng.", "không nêu địa bàn");
    none("Tỉnh Bắc Ninh có 5.000 trạm thu phát sóng.", "");
    none("Doanh nghiệp Sao Mai có 12 trạm thu phát sóng tại tỉnh Lào Cai.", "");
    none("Tỉnh Lào Cai có 120 trạm quan trắc.", "không có chỉ tiêu");
    none("Tỉnh Minh Họa có 246 nhiệm vụ được giao.", "không có chỉ tiêu");
    let lists = said("Nhà mạng Sao Mai ở tỉnh Lào Cai có 1.800 điểm bán, 1.700 trạm thu phát sóng.");
    assert!(lists.iter().all(|[_, verdict, ..]| verdict == "none"), "somebody's own: {lists:?}");
    none("Tỉnh Lào Cai có 300 trạm thu phát sóng đạt chuẩn xanh.", "chuẩn xanh");
    none("Tỉnh Lào Cai có 300 trạm thu phát sóng phục vụ vùng cao.", "phục vụ vùng cao");
    none("Tỉnh Lào Cai có 4.000 trạm thu phát sóng từ đầu nhiệm kỳ.", "nhiệm kỳ");
    none("Cả nước, kể cả Lào Cai, lắp đặt 95.000 trạm thu phát sóng.", "");
    none("Tại tỉnh Lào Cai, 38 trạm thu phát sóng do mưa lũ mất liên lạc.", "mưa lũ");
    none(
        "Tỷ lệ số hóa hồ sơ thủ tục hành chính của tỉnh Lào Cai đến cuối tháng 10/2025 đạt 91%.",
        "khác với chỉ tiêu",
    );
    none("Chi cho khoa học và công nghệ của tỉnh Lào Cai năm 2024 là 182 tỷ đồng.", "chưa có số liệu");
    none("Trong tháng 10/2025, tỉnh Lào Cai có 30 trạm thu phát sóng.", "cả một kỳ");
}

#[test]
fn a_share_of_another_base_is_another_share() {
    let of = |value: &str, base: &str| {
        format!(
            "Từ đầu năm đến hết tháng 10/2025, kinh phí cho khoa học công nghệ, đổi mới sáng tạo, chuyển đổi số của Tỉnh \
             Minh Họa chiếm {value} {base}."
        )
    };
    expect(&of("1,7%", "tổng chi ngân sách địa phương"), "rounded", "st_spending_share", "1.654", "÷");
    expect(
        &of("1,1%", "dự toán chi ngân sách địa phương"),
        "rounded",
        "st_spending_share_planned",
        "1.0801",
        "÷",
    );
    let other = "khác cách đếm: khớp với chỉ tiêu “Tỷ lệ chi cho khoa học công nghệ";
    expect(&of("1,1%", "tổng chi ngân sách địa phương"), "different", "st_spending_share", "1.654", other);
    expect(&of("1,7%", "tổng chi ngân sách trung ương"), "none", "", "", "");
}

#[test]
fn people_read_our_figure_beside_theirs() {
    let text = "Toàn tỉnh Lào Cai có 4.670 trạm thu phát sóng.";
    let said = checked(text, &["--date", "2025-11-17"]);
    let line = "KHÁC SỐ TRONG SỔ: 4.607 trạm, Số trạm thu phát sóng đang hoạt động (stations), Tỉnh Lào Cai, \
                ngày 17/11/2025";
    assert!(said.contains(line), "{said}");
    assert!(said.contains("So với sổ: 0 khớp, 1 khác."), "{said}");
}

#[test]
fn every_saying_is_of_an_indicator_that_is_declared() {
    let programmes = mc_programmes::all();
    let files: Vec<&str> =
        programmes.iter().flat_map(|programme| programme.sayings()).map(|file| file.text).collect();
    let sayings = mc_checking::Sayings::read(files).expect("files of sayings");
    let declared: Vec<String> = programmes
        .iter()
        .flat_map(|programme| programme.indicators())
        .map(|file| mc_figure::Definition::from_toml(file.text).expect("a declaration").id)
        .collect();
    let unknown: Vec<&str> =
        sayings.indicators().filter(|id| !declared.iter().any(|known| known == id)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(sayings.indicators().count() > 20);
}

#[test]
fn a_number_told_under_another_field_is_not_accused() {
    for text in [
        "Về giáo dục, tỉnh Lào Cai quan tâm. Hiện tỉnh Lào Cai có 120 trạm thu phát sóng.",
        "Tình hình của tỉnh Lào Cai\n\n2. Y tế\n\nĐến nay tỉnh Lào Cai có 20 trung tâm dữ liệu.",
    ] {
        let [_, verdict, _, _, why] = only(text);
        assert_eq!(verdict, "none", "{text}: {why}");
    }
    let under = "Về chuyển đổi số, hạ tầng được quan tâm. Hiện tỉnh Lào Cai có 4.670 trạm thu phát sóng.";
    assert_eq!(only(under)[1], "different", "a field that the figure is of");
}

#[test]
fn the_number_of_one_agency_is_not_held_against_the_provinces() {
    let text = "Ở tỉnh Lào Cai, Sở Nội vụ đã rà soát danh sách. Hiện có 12 tổ chức hoạt động trong lĩnh vực khoa học và \
                công nghệ.";
    let [_, verdict, _, _, why] = only(text);
    assert_eq!(verdict, "none", "{why}");
    assert!(why.contains("nội vụ"), "{why}");
}
