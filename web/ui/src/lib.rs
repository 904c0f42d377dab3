//! What pages are built from: layout, components, charts, embedded files. It knows no programme, store or
//! request.
//!
//! A component is a struct with a template: fill it, and it stands in another template or goes out through
//! [`Html`]. Templates compute nothing; every number, day and permission arrives decided. Nothing carries a
//! style or a handler inline, so that the policy [`CONTENT_SECURITY_POLICY`] can forbid them.

#[macro_use]
pub mod say;

pub mod assets;
pub mod block;
pub mod chart;
pub mod figure;
pub mod form;
pub mod gallery;
pub mod html;
pub mod icon;
pub mod layout;
pub mod link;
pub mod message;
pub mod nav;
pub mod number;
pub mod status;
pub mod table;
pub mod write;

pub use assets::{Asset, Assets, IMMUTABLE};
pub use block::{Notice, Pairs, Panel, PinLink, ProofLine, ProofLines, Verdict};
pub use figure::{
    Absent, Basis, Change, FigureChip, FigureText, FigureTile, Handle, ListHandle, Source, Target, TileValue,
    Tiles,
};
pub use form::{Choice, Field, Form, Input, Method};
pub use html::Html;
pub use icon::Icon;
pub use layout::{CONTENT_SECURITY_POLICY, Layout, ReadPosition, Scope, ScopeLevel};
pub use link::Link;
pub use message::{ErrorSummary, Message, Tone};
pub use nav::{Breadcrumb, NavItem, Pager, Section, Tab, Tabs};
pub use number::{NumberStyle, ViNum};
pub use say::{Lang, Markup, Word, lang, mark, of_data};
pub use status::{Status, StatusChip};
pub use table::{Cell, Column, Content, DataTable, Empty, Flag, Kind, Order, Row, Sort};
