#![doc = include_str!("ARCHITECTURE.md")]

pub mod article;
pub mod diagnostic;
pub mod entity;
pub mod export;
pub mod graph;
pub mod rule;
pub mod span;
pub mod triple;
