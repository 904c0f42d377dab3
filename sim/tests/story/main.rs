//! The story keeps its promises: it is deterministic, a store accepts it, and it adds up to what was
//! published.

mod common;
mod lao_cai;
mod laws;
mod minh_hoa;
