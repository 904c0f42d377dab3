//! Invented names of people and villages.

use crate::chance::Chance;

const FAMILY: [&str; 14] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Giàng", "Lý", "Tẩn", "Hà"];
const MIDDLE: [&str; 12] =
    ["Văn", "Thị", "Minh", "Thanh", "Quang", "Thu", "Đức", "Ngọc", "Hữu", "Bích", "Xuân", "Mai"];
const GIVEN: [&str; 20] = [
    "An", "Bảo", "Chi", "Dũng", "Giang", "Hạnh", "Hòa", "Khánh", "Lan", "Linh", "Mạnh", "Nga", "Oanh",
    "Phúc", "Quyên", "Sơn", "Thủy", "Tùng", "Vân", "Yến",
];

const VILLAGES: [&str; 24] = [
    "Bờ Suối",
    "Cây Gạo",
    "Đầu Cầu",
    "Gốc Đa",
    "Hang Én",
    "Khe Mít",
    "Lưng Đồi",
    "Mỏ Nước",
    "Nà Lúa",
    "Ong Vàng",
    "Phiêng Hoa",
    "Quán Gió",
    "Rẫy Mới",
    "Sàn Hoa",
    "Tà Lèng Xa",
    "Vườn Chè",
    "Ao Tròn",
    "Bãi Đá",
    "Cổng Trời Nhỏ",
    "Dốc Mây",
    "Đồng Kho",
    "Giếng Đôi",
    "Hòn Chiêng",
    "Lối Rẽ",
];

/// A person's name.
pub(crate) fn person(chance: &mut Chance) -> String {
    format!("{} {} {}", chance.pick(&FAMILY), chance.pick(&MIDDLE), chance.pick(&GIVEN))
}

/// The n-th village of a commune; no two of the first 24 are alike.
pub(crate) fn village(commune: usize, nth: usize) -> &'static str {
    VILLAGES.get((commune * 5 + nth) % VILLAGES.len()).copied().unwrap_or("Trung Tâm")
}
