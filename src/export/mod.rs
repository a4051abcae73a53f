//! [`KnowledgeGraph`](crate::graph::KnowledgeGraph) → bytes: how does it leave for other programs?
