//! Things that were published as a number, some with their names: data centres, institutions, organisations,
//! fields, regulations.

use crate::lao_cai::{ARTICLE, CONFERENCE, REPORT};
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{Fields, agency, at, code, d25, int, place, text, to};

const FIELDS: [&str; 5] = [
    "Khai khoáng - chế biến sâu",
    "Nông nghiệp đặc sản vùng cao",
    "Công nghiệp chế biến vật liệu",
    "Du lịch thông minh - bền vững",
    "Logistics - kinh tế cửa khẩu",
];

const INSTITUTIONS: [(&str, &str); 2] =
    [("Trường Cao đẳng nghề Lào Cai", "college"), ("Phân hiệu Đại học Thái Nguyên tại Lào Cai", "branch")];

const REGULATIONS: [(&str, &str); 3] = [
    ("Quy định về Quỹ đầu tư mạo hiểm cho đổi mới sáng tạo và chuyển đổi số", "venture_fund"),
    ("Quy định về khung pháp lý thử nghiệm có kiểm soát (sandbox)", "sandbox"),
    ("Quy định về ưu tiên mua sắm sản phẩm đổi mới sáng tạo sản xuất tại tỉnh", "procurement"),
];

const DATA_CENTRES: usize = 2;
const ORGANISATIONS: usize = 15;

pub(super) fn tell(province: &Province, script: &mut Script) {
    fields(province, script);
    institutions(province, script);
    organisations(province, script);
    data_centres(province, script);
    regulations(province, script);
}

/// A scene on the eve of the conference.
fn scene(province: &Province, (hour, minute): (i64, i64), reason: &str) -> Scene {
    Scene::new(at(d25(11, 14), hour, minute), province.standing_agency(), REPORT, reason)
}

/// The fields with the province and the article.
fn named(province: &Province, mut fields: Fields) -> Fields {
    fields.extend([("place", place(province.place)), ("document", text(ARTICLE))]);
    fields
}

fn fields(province: &Province, script: &mut Script) {
    let mut scene = scene(province, (8, 30), "Năm lĩnh vực mũi nhọn được chọn").published();
    for (order, title) in (1_i32..).zip(FIELDS) {
        let fields =
            vec![("code", code(format!("LV-15-{order}"))), ("title", text(title)), ("order", int(order))];
        scene.insert("spearhead_field", named(province, fields));
    }
    script.add(scene);
}

fn institutions(province: &Province, script: &mut Script) {
    let mut scene = scene(province, (8, 40), "Hai cơ sở đào tạo, nghiên cứu của tỉnh").published();
    for (order, (name, kind)) in (1..).zip(INSTITUTIONS) {
        let fields =
            vec![("code", code(format!("DT-15-{order}"))), ("name", text(name)), ("kind", code(kind))];
        scene.insert("training_institution", named(province, fields));
    }
    script.add(scene);
}

fn organisations(province: &Province, script: &mut Script) {
    let reason = "Mười lăm tổ chức khoa học công nghệ; tên chưa công bố";
    let mut scene = scene(province, (8, 50), reason);
    for order in 1..=ORGANISATIONS {
        let fields = vec![
            ("code", code(format!("TC-15-{order:02}"))),
            ("name", text(format!("Tổ chức KH&CN số {order:02} (tên chưa công bố)"))),
        ];
        scene.insert("st_organisation", named(province, fields));
    }
    script.add(scene);
}

fn data_centres(province: &Province, script: &mut Script) {
    let mut scene = scene(province, (9, 0), "Hai trung tâm dữ liệu do Văn phòng Tỉnh ủy quản lý");
    for order in 1..=DATA_CENTRES {
        let fields = vec![
            ("code", code(format!("TTDL-15-{order}"))),
            ("name", text(format!("Trung tâm dữ liệu số {order} (tên chưa công bố)"))),
            ("agency", agency(&province.agency("van-phong-tinh-uy"))),
        ];
        scene.insert("data_centre", named(province, fields));
    }
    script.add(scene);
}

fn regulations(province: &Province, script: &mut Script) {
    let reason = "Ba quy định được nêu tại hội nghị; số và ngày chưa công bố";
    let mut scene = scene(province, (9, 30), reason).published();
    for (order, (title, instrument)) in (1..).zip(REGULATIONS) {
        let fields = vec![
            ("code", code(format!("QD-15-{order}"))),
            ("title", text(title)),
            ("instrument", code(instrument)),
            ("named_at", to("conference", CONFERENCE)),
        ];
        scene.insert("regulation", named(province, fields));
    }
    script.add(scene);
}
