//! Types, families and namespaces: the words that rules and outputs share, from `rules/vocabulary.toml`.

use crate::diagnostic::Diagnostic;
use crate::rule::crosswalk::Crosswalk;
use crate::rule::folder::RuleText;
use crate::rule::table::{Located, Report, Table, read_file};
use crate::span::Span;
use std::collections::BTreeMap;

/// Types that the finding of names sorts into.
const NEEDED: [&str; 4] = ["Person", "Organisation", "Country", "Place"];

/// A type of entity, as an index into [`Vocabulary::types`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Whether a place of this type acts where no word puts it on the map: "Texas sued Acme".
    pub acts: bool,
    /// IRI in a standard vocabulary, written with a prefix (`schema:Person`).
    pub iri: Option<String>,
    /// Schema of FollowTheMoney; the wider type's where the type has none itself.
    pub ftm: Option<String>,
    /// Graphviz node shape.
    pub shape: String,
    /// Fill colour of its nodes, `#rrggbb`.
    pub colour: String,
}

/// A family of relations: the topic of a rule file, or of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// What the names of its rule files say before their first dot, such as `conflict`.
    pub name: String,
    /// Colour of its edges, `#rrggbb`.
    pub colour: String,
}

/// A namespace is an IRI with a scheme (RFC 3987): every name under it is one then.
fn check_namespace(name: &Located, iri: &Located, report: &mut Report) {
    let scheme = iri.text.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let broken = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    if !named || iri.text.contains(broken) {
        let message = format!("the namespace of the prefix `{}` is no IRI", name.text);
        report.error("no-iri", iri.span, message, "write one like \"https://example.org/terms/\"");
    }
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
    /// What others call relations.
    pub crosswalk: Crosswalk,
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

    /// A name with a prefix written out (`schema:Person` → `https://schema.org/Person`); a name
    /// without a known prefix is returned as it is.
    pub fn expand(&self, name: &str) -> String {
        match name.split_once(':').and_then(|(prefix, rest)| Some((self.prefixes.get(prefix)?, rest))) {
            Some((namespace, rest)) => format!("{namespace}{rest}"),
            None => name.to_owned(),
        }
    }

    /// All type names, in order.
    pub fn type_names(&self) -> Vec<&str> {
        self.types.iter().map(|kind| kind.name.as_str()).collect()
    }

    /// Whether all types are there that names are sorted into by the stages themselves.
    pub(crate) fn has_needed_types(&self) -> bool {
        NEEDED.iter().all(|name| self.type_id(name).is_some())
    }

    /// Reads `vocabulary.toml`; every mistake becomes a diagnostic.
    pub(crate) fn read(file: &RuleText, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut vocabulary = Self::default();
        let mut report = Report { file: &file.file, source: &file.text, diagnostics };
        read_file(&mut report, "the vocabulary", |mut top, report| {
            if let Some(mut table) = top.table("prefixes", report) {
                let prefixes = table.named_text(report);
                prefixes.iter().for_each(|(name, iri)| check_namespace(name, iri, report));
                vocabulary.prefixes = prefixes.into_iter().map(|(name, iri)| (name.text, iri.text)).collect();
            }
            if let Some(mut table) = top.table("types", report) {
                vocabulary.read_types(table.named_tables("type", report), report);
            }
            if let Some(mut table) = top.table("families", report) {
                for (name, mut family) in table.named_tables("family", report) {
                    let colour = family.required("colour", name.span, report).map(|colour| colour.text);
                    family.finish(report);
                    let colour = colour.unwrap_or_else(|| "#666666".to_owned());
                    vocabulary.families.push(Family { name: name.text, colour });
                }
            }
            vocabulary.crosswalk = Crosswalk::read(&mut top, report);
            top.finish(report);
            for name in NEEDED.iter().filter(|name| vocabulary.type_id(name).is_none()) {
                let message = format!("the vocabulary has no type `{name}`");
                report.error(
                    "missing-type",
                    Span::default(),
                    message,
                    format!("add `[types.{name}]`: names are sorted into it"),
                );
            }
        });
        vocabulary
    }

    /// Types may stand in any order in the file: each round adds those whose parent is known.
    fn read_types(&mut self, tables: Vec<(Located, Table)>, report: &mut Report) {
        let mut waiting = Vec::new();
        for (name, mut table) in tables {
            let parent = table.text("parent", report);
            let kind = EntityType {
                name: name.text,
                parent: None,
                grouping: table.flag("grouping", report),
                acts: table.flag("acts", report),
                iri: table.text("iri", report).map(|iri| iri.text),
                ftm: table.text("ftm", report).map(|schema| schema.text),
                shape: table.text("shape", report).map(|shape| shape.text).unwrap_or_default(),
                colour: table.text("colour", report).map(|colour| colour.text).unwrap_or_default(),
            };
            table.finish(report);
            waiting.push((name.span, parent, kind));
        }
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain_mut(|(_, parent, kind)| {
                let known = parent.as_ref().map(|parent| self.type_id(&parent.text));
                let ready = !matches!(known, Some(None));
                if ready {
                    self.add_type(EntityType { parent: known.flatten(), ..kind.clone() });
                }
                !ready
            });
            if waiting.len() == before {
                for (span, parent, kind) in waiting {
                    let parent = parent.map(|parent| parent.text).unwrap_or_default();
                    let message = format!(
                        "the parent `{parent}` of the type `{}` is unknown or its own descendant",
                        kind.name
                    );
                    report.error("unknown-type", span, message, "name a type of this file");
                }
                return;
            }
        }
    }

    /// A type looks like its parent where the file does not say otherwise.
    fn add_type(&mut self, mut kind: EntityType) {
        let parent = kind.parent.map(|parent| self.entity_type(parent));
        if kind.ftm.is_none() {
            kind.ftm = parent.and_then(|parent| parent.ftm.clone());
        }
        if kind.shape.is_empty() {
            kind.shape = parent.map_or("ellipse", |parent| &parent.shape).to_owned();
        }
        if kind.colour.is_empty() {
            kind.colour = parent.map_or("#FFFFFF", |parent| &parent.colour).to_owned();
        }
        self.types.push(kind);
    }
}
