//! Types, families and namespaces: the words that rules and outputs share, from `rules/vocabulary.toml`.

use std::collections::BTreeMap;

/// A type of entity, as an index into [`Vocabulary::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

/// A type of entity, such as `Country`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityType {
    /// Its name, as rules and outputs write it.
    pub name: String,
    /// The wider type.
    pub parent: Option<TypeId>,
    /// Whether it only groups other types (`Actor`): rules may ask for it, no entity is of it.
    pub grouping: bool,
    /// IRI in a standard vocabulary, written with a prefix (`schema:Person`).
    pub iri: Option<String>,
    /// Graphviz node shape.
    pub shape: String,
    /// Fill colour of its nodes, `#rrggbb`.
    pub colour: String,
}

/// A family of relations: the topic of one rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The stem of the rule file, such as `meetings`.
    pub name: String,
    /// Colour of its edges, `#rrggbb`.
    pub colour: String,
}

/// Everything in `vocabulary.toml`, checked.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// All types; a parent stands before its children.
    pub types: Vec<EntityType>,
    /// Known families of relations in the order of the file.
    pub families: Vec<Family>,
    /// Prefix → namespace IRI; `relata` is the project's own.
    pub prefixes: BTreeMap<String, String>,
}

impl Vocabulary {
    /// The type of that name. O(number of types).
    pub fn type_id(&self, name: &str) -> Option<TypeId> {
        let at = self.types.iter().position(|kind| kind.name == name)?;
        u16::try_from(at).ok().map(TypeId)
    }

    /// The type behind an id.
    pub fn entity_type(&self, id: TypeId) -> &EntityType {
        &self.types[usize::from(id.0)]
    }

    /// Whether `id` is `wider` or one of the types under it: `Party` is an `Actor`.
    pub fn is_a(&self, id: TypeId, wider: TypeId) -> bool {
        let mut at = Some(id);
        while let Some(kind) = at {
            if kind == wider {
                return true;
            }
            at = self.entity_type(kind).parent;
        }
        false
    }

    /// The widest type that is no mere grouping: `Organisation` for `Party`. Outputs call it `type`
    /// and entity ids begin with it, so that they do not change when finer types are told apart.
    pub fn base(&self, id: TypeId) -> TypeId {
        match self.entity_type(id).parent {
            Some(parent) if !self.entity_type(parent).grouping => self.base(parent),
            _ => id,
        }
    }

    /// Edge colour of a family; families that the file does not know are grey.
    pub fn family_colour(&self, family: &str) -> &str {
        self.families.iter().find(|known| known.name == family).map_or("#666666", |known| &known.colour)
    }

    /// A name with a prefix written out (`schema:Person` → `https://schema.org/Person`); a name
    /// without a known prefix is returned as it is.
    pub fn expand(&self, name: &str) -> String {
        match name.split_once(':').and_then(|(prefix, rest)| Some((self.prefixes.get(prefix)?, rest))) {
            Some((namespace, rest)) => format!("{namespace}{rest}"),
            None => name.to_owned(),
        }
    }
}
