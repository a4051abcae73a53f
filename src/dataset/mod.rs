//! [`KnowledgeGraph`](crate::graph::KnowledgeGraph) → [`Dataset`]: what of the graph is written, and read back?
//!
//! Every format is written from a dataset, and a dataset can be read back from the folder that a build wrote:
//! a format made later has the same bytes as one made with the build.

mod build;
mod find;
mod merge;
pub mod read;
mod record;
mod row;
mod select;
mod terms;

pub use build::Amount;
pub use find::Found;
pub use merge::MergeError;
pub use record::{PatternRecord, Record, RelationRecord, SilentLine, SilentRecord, shortened};
pub(crate) use row::hundredths;
pub use row::{ArticleRow, EndRow, EntityRow, EvidenceRow, MentionRow, TripleRow};
pub use select::Selection;
pub use terms::{FamilyRow, LinkRow, RelationRow, Terms, TypeRow};

/// A graph as rows that hold their own text. Rows are sorted, so that the same graph gives the same bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dataset {
    /// The words that the rows use: types, relations, namespaces.
    pub terms: Terms,
    /// The articles that were read, sorted by id.
    pub articles: Vec<ArticleRow>,
    /// The entities, sorted by id.
    pub entities: Vec<EntityRow>,
    /// The triples, sorted by subject, relation, object, fact and date. Their ends are among the entities, their
    /// evidence is in the articles.
    pub triples: Vec<TripleRow>,
    /// What was looked for: the patterns of every relation, sorted by its name.
    pub patterns: Vec<RelationRecord>,
    /// The first sentences that name two actors and give no triple, by article and number.
    pub silent: Vec<SilentLine>,
}

impl Dataset {
    /// The entity of that id. O(log entities).
    pub fn entity(&self, id: &str) -> Option<&EntityRow> {
        let at = self.entities.binary_search_by(|entity| entity.id.as_str().cmp(id)).ok()?;
        self.entities.get(at)
    }

    /// The article of that id. O(log articles).
    pub fn article(&self, id: &str) -> Option<&ArticleRow> {
        let at = self.articles.binary_search_by(|article| article.id.as_str().cmp(id)).ok()?;
        self.articles.get(at)
    }
}
