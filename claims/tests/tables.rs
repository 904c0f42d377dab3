//! Tables told in lines, as reports have them and as a .docx gives them.

mod ties;

use std::sync::LazyLock;

use mc_base::Day;
use mc_claims::{Context, Gazetteer, Modality, check};
use ties::{Case, all_hold};

static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| mc_reference::gazetteer().expect("places"));

const CRIMES: &str = "Trong quý xảy ra 214 vụ. Cơ cấu như sau:\nHành vi | Số vụ | Tỷ lệ (%)\nTrộm cắp tài sản | 96 | 44,9\n\
                      Cố ý gây thương tích | 41 | 19,2\nLừa đảo | 38 | 17,8\nHành vi khác | 39 | 18,2\n";

#[test]
fn cells_have_the_unit_of_their_column_row_or_table() {
    let told = |text: &str| -> Vec<String> {
        let date = Day::parse_iso("2025-12-20").expect("a day");
        let checked = check(text, &Context { date, places: &PLACES });
        let claim = |claim: &mc_claims::Claim| {
            let aim = if claim.modality == Modality::Target { ", mục tiêu" } else { "" };
            format!(
                "{} {} {} ({}{aim})",
                claim.text,
                claim.value.decimal(),
                claim.unit,
                claim.measures.phrase
            )
        };
        checked.claims.iter().map(claim).collect()
    };
    assert_eq!(
        told(CRIMES).get(1..3).expect("cells"),
        ["96 96 vụ (trộm cắp tài sản)", "44,9 44.9 % (trộm cắp tài sản)"]
    );
    let planned = "Một số chỉ tiêu:\nTT\tChỉ tiêu\tĐVT\tKế hoạch 2025\tThực hiện\tTỷ lệ TH/KH (%)\n\
                   1\tTrồng rừng\tha\t180\t171\t95,0\n2\tThu ngân sách\ttriệu đồng\t1.500\t1.650\t110\n";
    assert_eq!(
        told(planned),
        [
            "180 180 ha (trồng rừng, mục tiêu)",
            "171 171 ha (trồng rừng)",
            "95,0 95 % (trồng rừng)",
            "1.500 1500000000 đồng (thu ngân sách, mục tiêu)",
            "1.650 1650000000 đồng (thu ngân sách)",
            "110 110 % (thu ngân sách)",
        ]
    );
    let above = "Số thu (đơn vị: tỷ đồng):\n| Khoản thu | Dự toán | Thực hiện |\n| Doanh nghiệp | 2.150 | 2.318 |\n\
                 | Cá nhân | 860 | 793 |\n";
    assert_eq!(
        told(above).first().map(String::as_str),
        Some("2.150 2150000000000 đồng (doanh nghiệp, mục tiêu)")
    );
    // What has no unit anywhere is no claim, nor are two lines of which none names columns.
    assert_eq!(told("Tên | Giá trị\nMột | 12\nHai | 15\n"), Vec::<String>::new());
    assert_eq!(told("12 | 15\n13 | 16\n"), Vec::<String>::new());
    assert_eq!(told("Ảnh | Hải Yến\nTin | 0214.3877.115\n"), Vec::<String>::new());
}

const TABLES: &[Case] = &[
    (CRIMES, &["sum | 214 vụ | ok", "share | 44,9 | ok", "share | 19,2 | ok", "shares_to_100 | 44,9 | ok"]),
    (
        "Trong quý xảy ra 214 vụ. Cơ cấu như sau:\nHành vi | Số vụ | Tỷ lệ (%)\nTrộm cắp tài sản | 96 | 49,4\nCố ý gây \
         thương tích | 41 | 19,2\nLừa đảo | 38 | 17,8\nHành vi khác | 39 | 18,2\n",
        &["share | 49,4 | mismatch | nếu 44,9", "shares_to_100 | 49,4 | mismatch"],
    ),
    (
        "Diện tích (ĐVT: ha):\nXã | Kế hoạch | Thực hiện | % TH/KH\nBát Xát | 1.200 | 1.140 | 95\nBảo Thắng | 860 | 903 | \
         105\nTổng cộng | 2.060 | 2.034 | 99,2\n",
        &[
            "sum | 2.060 | ok",
            "sum | 2.034 | mismatch | 2.043",
            "share | 95 | ok",
            "share | 105 | ok",
            "share | 99,2 | mismatch | 2.043",
        ],
    ),
];

#[test]
fn cells_are_held_against_each_other() {
    all_hold(TABLES);
}
