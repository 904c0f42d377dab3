//! Communes of Lào Cai that the files name, with a point near each centre.

/// Name as offices write it, longitude and latitude × 10⁴.
pub const COMMUNES: [(&str, i32, i32); 20] = [
    ("Phường Lào Cai", 1_040_050, 225_064),
    ("Phường Cam Đường", 1_040_097, 224_277),
    ("Xã Hợp Thành", 1_039_743, 223_754),
    ("Xã Bát Xát", 1_038_784, 225_205),
    ("Xã Trịnh Tường", 1_037_300, 226_700),
    ("Xã Y Tý", 1_036_200, 226_500),
    ("Xã Mường Hum", 1_037_000, 225_300),
    ("Xã Mường Khương", 1_041_000, 227_600),
    ("Xã Si Ma Cai", 1_042_700, 226_900),
    ("Xã Bắc Hà", 1_042_900, 225_400),
    ("Xã Bảo Thắng", 1_041_500, 223_800),
    ("Xã Bảo Yên", 1_044_800, 222_300),
    ("Phường Sa Pa", 1_038_400, 223_400),
    ("Xã Tả Van", 1_038_900, 222_900),
    ("Xã Văn Bàn", 1_042_500, 220_900),
    ("Phường Yên Bái", 1_048_800, 217_200),
    ("Phường Nghĩa Lộ", 1_045_100, 216_000),
    ("Xã Lục Yên", 1_047_200, 221_100),
    ("Xã Mù Cang Chải", 1_040_900, 218_500),
    ("Xã Trạm Tấu", 1_043_900, 214_800),
];

/// The commune of the n-th row.
pub fn commune(n: usize) -> (&'static str, i32, i32) {
    COMMUNES[n * 7 % COMMUNES.len()]
}

/// A number of degrees × 10⁴ with a decimal mark.
pub fn degrees(value: i32, mark: char) -> String {
    format!("{}{mark}{:04}", value / 10_000, value % 10_000)
}
