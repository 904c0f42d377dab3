//! Lĩnh vực mũi nhọn.
//!
//! The spearhead fields, their projects and products.

use mc_mount::{Programme, Text};

/// The programme; everything it holds is declared.
#[derive(Clone, Copy, Debug)]
pub struct Fields;

impl Programme for Fields {
    fn id(&self) -> &'static str {
        "fields"
    }

    fn title(&self) -> &'static str {
        "Lĩnh vực mũi nhọn"
    }

    fn registers(&self) -> &'static [Text] {
        mc_mount::texts![
            "registers/spearhead_field.toml",
            "registers/field_project.toml",
            "registers/product.toml",
        ]
    }

    fn indicators(&self) -> &'static [Text] {
        mc_mount::texts![
            "indicators/spearhead_fields.toml",
            "indicators/products_promised.toml",
            "indicators/products_accepted.toml",
            "indicators/products_in_use.toml",
            "indicators/products_effective.toml",
        ]
    }

    fn sayings(&self) -> &'static [Text] {
        mc_mount::texts!["sayings.toml"]
    }
}
