//! HTTP in, HTML out: the pages through the real router, on a small store of their own.

mod accounts;
mod api;
mod browser;
mod building;
mod check;
mod english;
mod entry;
mod factor;
mod gate;
mod grid;
mod hostile;
mod ledger;
mod matrix;
mod openapi;
mod persons;
mod reading;
mod restored;
mod saved;
mod site;
mod tiles;
