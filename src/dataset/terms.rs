//! The words that rows use, as `build.json` keeps them: what does `metWith` mean, and how is it drawn?

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Types, relations, families and namespaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Prefix → namespace IRI; `relata` is the base of the project's own terms, entities and statements.
    pub prefixes: BTreeMap<String, String>,
    /// All types; a parent stands before its children.
    pub types: Vec<TypeRow>,
    /// Families of relations, in the order of the legend.
    pub families: Vec<FamilyRow>,
    /// Every relation that was looked for, sorted by name.
    pub relations: Vec<RelationRow>,
    /// The links of FollowTheMoney, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkRow>,
}

/// A type of entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypeRow {
    /// Its name.
    pub name: String,
    /// The wider type.
    pub parent: Option<String>,
    /// Whether it only groups other types (`Actor`): no entity is of it.
    pub grouping: bool,
    /// Term of a standard vocabulary, with a prefix: `schema:Person`.
    pub iri: Option<String>,
    /// Schema of FollowTheMoney, such as `PublicBody`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ftm: Option<String>,
    /// Graphviz node shape.
    pub shape: String,
    /// Fill colour of its nodes, `#rrggbb`.
    pub colour: String,
}

/// A schema of FollowTheMoney that links two entities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkRow {
    /// The schema's name, such as `Directorship`.
    pub name: String,
    /// The property that holds the subject: `director`.
    pub subject: String,
    /// The property that holds the object: `organization`.
    pub object: String,
    /// Schemata that the subject may be of.
    pub subjects: Vec<String>,
    /// Schemata that the object may be of.
    pub objects: Vec<String>,
}

/// A family of relations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FamilyRow {
    /// Its name, such as `meetings`.
    pub name: String,
    /// Colour of its edges, `#rrggbb`.
    pub colour: String,
}

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RelationRow {
    /// Its name, such as `metWith`.
    pub name: String,
    /// What it means, in one sentence.
    pub about: String,
    /// The name of its family.
    pub family: String,
    /// Names of the types of its subject: one of these.
    pub subject: Vec<String>,
    /// Names of the types of its object: one of these.
    pub object: Vec<String>,
    /// Whether it holds both ways; such a triple is written once, from the smaller id to the greater.
    pub symmetric: bool,
    /// Whether it is a state (a post, a membership) and not an event.
    pub standing: bool,
    /// Term of a standard vocabulary, with a prefix: a property (`org:memberOf`) or a class of events
    /// (`schema:CommunicateAction`).
    pub iri: Option<String>,
    /// PLOVER event category, such as `CONSULT`.
    pub plover: Option<String>,
    /// Mode of that category, such as `visit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Link of FollowTheMoney, such as `Directorship`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ftm: Option<String>,
    /// The wider relation.
    pub parent: Option<String>,
}

impl Terms {
    /// The type of that name. O(types).
    pub fn kind(&self, name: &str) -> Option<&TypeRow> {
        self.types.iter().find(|kind| kind.name == name)
    }

    /// The type of that name and all wider ones, the narrowest first. O(types × depth).
    pub fn kinds(&self, name: &str) -> Vec<&TypeRow> {
        let mut kinds: Vec<&TypeRow> = self.kind(name).into_iter().collect();
        while let Some(wider) = kinds.last().and_then(|kind| self.kind(kind.parent.as_deref()?)) {
            if kinds.iter().any(|known| known.name == wider.name) {
                break;
            }
            kinds.push(wider);
        }
        kinds
    }

    /// The relation of that name. O(log relations).
    pub fn relation(&self, name: &str) -> Option<&RelationRow> {
        let at = self.relations.binary_search_by(|relation| relation.name.as_str().cmp(name)).ok()?;
        self.relations.get(at)
    }

    /// Edge colour of a family; families without one are grey.
    pub fn family_colour(&self, family: &str) -> &str {
        self.families.iter().find(|known| known.name == family).map_or("#666666", |known| &known.colour)
    }

    /// All words of both, where they differ in the order of their names. Of two meanings of a word the later in the
    /// alphabet stays.
    pub(super) fn union(self, other: Self) -> Self {
        if self == other {
            return self;
        }
        let mut prefixes = self.prefixes;
        for (prefix, namespace) in other.prefixes {
            let known = prefixes.entry(prefix).or_default();
            *known = std::mem::take(known).max(namespace);
        }
        let types = joined(self.types, other.types, |kind| &kind.name);
        let mut terms = Self {
            prefixes,
            types: types.clone(),
            families: joined(self.families, other.families, |family| &family.name),
            relations: joined(self.relations, other.relations, |relation| &relation.name),
            links: joined(self.links, other.links, |link| &link.name),
        };
        // A parent stands before its children: a type has more wider ones than each of those.
        let depth = |kind: &TypeRow| terms.kinds(&kind.name).len();
        let mut types: Vec<(usize, TypeRow)> = types.into_iter().map(|kind| (depth(&kind), kind)).collect();
        types.sort();
        terms.types = types.into_iter().map(|(_, kind)| kind).collect();
        terms
    }
}

/// The rows of both, one a name, in the order of the names.
fn joined<T: Ord>(left: Vec<T>, right: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let mut rows: Vec<T> = left.into_iter().chain(right).collect();
    rows.sort_by(|one, other| (name(one), other).cmp(&(name(other), one)));
    rows.dedup_by(|later, first| name(later) == name(first));
    rows
}
