//! [`Dataset`](crate::dataset::Dataset) → a running store: how does the graph get into a database over the network?
//!
//! A store gets the whole graph or, where it fails half-way, nothing; loading again changes nothing.

mod bolt;
#[cfg(feature = "neo4j")]
mod client;

pub use bolt::{BoltError, Loaded, bolt};
