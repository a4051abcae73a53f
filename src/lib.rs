#![doc = include_str!("ARCHITECTURE.md")]

pub mod article;
pub mod dataset;
pub mod diagnostic;
pub mod entity;
pub mod example;
pub mod export;
pub mod graph;
pub mod language;
pub mod layout;
pub mod load;
mod lookup;
pub mod matcher;
pub mod mention;
pub mod network;
pub mod pipeline;
#[cfg(feature = "sparql")]
pub mod query;
pub mod rdf;
pub mod rule;
pub mod silent;
pub mod span;
pub mod stats;
pub mod suggest;
pub mod syntax;
pub mod triple;
