#![doc = include_str!("ARCHITECTURE.md")]

pub mod article;
pub mod diagnostic;
pub mod entity;
pub mod example;
pub mod export;
pub mod graph;
pub mod language;
pub mod matcher;
pub mod mention;
pub mod pipeline;
pub mod rule;
pub mod span;
pub mod suggest;
pub mod syntax;
pub mod triple;
