//! The stylesheet: contrast of its tokens, its weight, what it may not hold.

use std::collections::BTreeMap;

use mc_ui::Assets;

const BYTES_MAX: usize = 45 * 1024;

fn sheet() -> &'static str {
    let file = Assets::all().iter().find(|file| file.name() == "app.css").expect("the stylesheet");
    std::str::from_utf8(file.bytes()).expect("text")
}

/// Tokens that are colours, as red, green and blue.
fn colours() -> BTreeMap<&'static str, [u8; 3]> {
    let declared = sheet().lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    let parsed = declared.filter_map(|(name, value)| {
        let number = u32::from_str_radix(value.trim_end_matches(';'), 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some((name, [red, green, blue]))
    });
    parsed.collect()
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// CIE lightness, 0 to 100: what is left of a colour on a photocopy.
fn lightness(colour: [u8; 3]) -> f64 {
    116.0 * luminance(colour).cbrt() - 16.0
}

#[test]
fn contrast_is_what_the_guide_states() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    let colours = colours();
    let pairs = [
        ("ink", "paper", 16.5),
        ("ink", "wash", 7.0),
        ("muted", "paper", 7.5),
        ("muted", "wash", 4.5),
        ("muted", "idle-fill", 4.5),
        ("link", "paper", 7.9),
        ("link", "wash", 4.5),
        ("link", "flag", 4.5),
        ("link-dark", "wash", 7.0),
        ("paper", "link", 7.0),
        ("on-header", "header", 9.2),
        ("on-header", "header-deep", 9.2),
        ("gold", "header", 6.4),
        ("gold", "header-deep", 6.4),
        ("edge", "paper", 3.8),
        ("flag-ink", "flag", 7.0),
        ("ink", "flag", 7.0),
        ("soon-ink", "flag", 7.0),
        ("soon-ink", "idle-fill", 4.5),
        ("late-ink", "paper", 7.0),
        ("done-ink", "paper", 7.0),
        ("ink", "halo", 3.0),
        ("done-ink", "done-fill", 7.0),
        ("doing-ink", "doing-fill", 7.0),
        ("soon-ink", "soon-fill", 7.0),
        ("late-ink", "late-fill", 7.0),
        ("idle-ink", "idle-fill", 7.0),
        ("stuck-ink", "stuck-fill", 7.0),
        ("wait-ink", "wait-fill", 7.0),
        ("paper", "chart-done", 4.5),
        ("ink", "chart-doing", 4.5),
        ("ink", "chart-soon", 4.5),
        ("paper", "chart-late", 4.5),
        ("ink", "chart-idle", 4.5),
        ("chart-line", "paper", 3.0),
        ("chart-target", "idle-fill", 3.0),
    ];
    for (ink, fill, least) in pairs {
        let found = contrast(colours[ink], colours[fill]);
        assert!(found >= least, "{ink} on {fill}: {found:.2}, at least {least}");
    }
}

#[test]
fn chart_fills_stay_apart_on_a_photocopy() {
    let colours = colours();
    let mut shades = ["done", "doing", "soon", "late", "idle"].map(|name| {
        let name = format!("chart-{name}");
        lightness(colours[name.as_str()])
    });
    shades.sort_by(f64::total_cmp);
    for pair in shades.windows(2) {
        assert!(pair[1] - pair[0] >= 10.0, "{shades:?}");
    }
}

#[test]
fn the_sheet_is_light_and_calls_nobody() {
    assert!(sheet().len() <= BYTES_MAX, "{} bytes", sheet().len());
    assert!(!sheet().contains("http") && !sheet().contains("@import") && !sheet().contains("data:"));
    assert_eq!(sheet().matches('{').count(), sheet().matches('}').count());
}

#[test]
fn every_token_that_is_used_is_declared() {
    let used = sheet().split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next());
    for name in used {
        assert!(sheet().contains(&format!("--{name}:")), "--{name} is used but not declared");
    }
}

#[test]
fn print_contrast_motion_and_touch_have_their_rules() {
    for rule in [
        "@media print",
        "size: A4",
        "forced-colors: active",
        "prefers-reduced-motion",
        "pointer: coarse",
        "--target: 2.75rem",
    ] {
        assert!(sheet().contains(rule), "{rule}");
    }
}
