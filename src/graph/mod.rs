//! Triples → [`KnowledgeGraph`]: how do all the triples hang together?

use crate::article::Article;
use crate::entity::Entity;
use crate::triple::{EntityId, Triple};
use petgraph::graph::{DiGraph, NodeIndex};

/// Entities as nodes, triples as edges, and the articles that they point into.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeGraph {
    articles: Vec<Article>,
    graph: DiGraph<Entity, Triple>,
}

impl KnowledgeGraph {
    /// Links entities by triples. `entities` are in the order of their [`EntityId`]s; a triple whose
    /// ends are not among them cannot come out of this crate and is left out. O(entities + triples).
    pub fn new(articles: Vec<Article>, entities: Vec<Entity>, triples: Vec<Triple>) -> Self {
        let mut graph = DiGraph::with_capacity(entities.len(), triples.len());
        for entity in entities {
            graph.add_node(entity);
        }
        for triple in triples {
            let ends =
                [triple.statement().subject, triple.statement().object].map(|end| NodeIndex::from(end.0));
            if ends.iter().all(|end| end.index() < graph.node_count()) {
                graph.add_edge(ends[0], ends[1], triple);
            }
        }
        Self { articles, graph }
    }

    /// The articles that the evidence points into.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// All entities, in the order of their ids.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &Entity> {
        self.graph.node_weights().collect::<Vec<_>>().into_iter()
    }

    /// All triples, in the order in which they were given.
    pub fn triples(&self) -> impl ExactSizeIterator<Item = &Triple> {
        self.graph.edge_weights().collect::<Vec<_>>().into_iter()
    }

    /// The entity behind an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.graph[NodeIndex::from(id.0)]
    }
}
