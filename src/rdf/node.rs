//! What RDF is made of: a node with its edges, which lead to nodes, IRIs and literals.

use std::borrow::Cow;

/// An IRI and everything that one place of a file says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    /// Its IRI.
    pub iri: String,
    /// Property and values, in the order in which they are written. No property stands twice.
    pub edges: Vec<(String, Vec<Object<'a>>)>,
}

/// The value of a property.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object<'a> {
    /// Something that is described elsewhere.
    Iri(String),
    /// Text, a number or a date.
    Literal(Cow<'a, str>, Datatype),
    /// A triple that is spoken of and not said (RDF 1.2).
    Triple(Box<[String; 3]>),
    /// Something that is described here.
    Node(Node<'a>),
}

/// The datatype of a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Datatype {
    /// `xsd:string`.
    Text,
    /// `xsd:integer`.
    Integer,
    /// `xsd:nonNegativeInteger`.
    NonNegativeInteger,
    /// `xsd:decimal`.
    Decimal,
    /// `xsd:date`.
    Date,
    /// `xsd:gYearMonth`.
    YearMonth,
    /// `xsd:gYear`.
    Year,
    /// `xsd:anyURI`.
    AnyUri,
}

impl Datatype {
    /// Its name in XML Schema.
    pub fn name(self) -> &'static str {
        match self {
            Datatype::Text => "string",
            Datatype::Integer => "integer",
            Datatype::NonNegativeInteger => "nonNegativeInteger",
            Datatype::Decimal => "decimal",
            Datatype::Date => "date",
            Datatype::YearMonth => "gYearMonth",
            Datatype::Year => "gYear",
            Datatype::AnyUri => "anyURI",
        }
    }

    /// Its IRI. Not by a prefix of the vocabulary: what a datatype is called is no one's choice.
    pub fn iri(self) -> String {
        format!("http://www.w3.org/2001/XMLSchema#{}", self.name())
    }
}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.iri, &self.edges).cmp(&(&other.iri, &other.edges))
    }
}

impl<'a> Node<'a> {
    /// A node without edges.
    pub fn new(iri: String) -> Self {
        Self { iri, edges: Vec::new() }
    }

    /// Adds a property with its values; with none, nothing. What a property says already is not said twice.
    #[must_use]
    pub fn with(mut self, property: String, objects: impl IntoIterator<Item = Object<'a>>) -> Self {
        let mut objects: Vec<Object> = objects.into_iter().collect();
        match self.edges.iter_mut().find(|(known, _)| *known == property) {
            Some((_, known)) => {
                objects.retain(|object| !known.contains(object));
                known.append(&mut objects);
            }
            None if objects.is_empty() => {}
            None => self.edges.push((property, objects)),
        }
        self
    }

    /// Gives every triple of the node and of the nodes in it: subject, property, value.
    ///
    /// # Errors
    /// The first that `each` answers.
    pub fn triples<E>(
        &self,
        each: &mut impl FnMut(&str, &str, &Object<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        for (property, objects) in &self.edges {
            objects.iter().try_for_each(|object| each(&self.iri, property, object))?;
        }
        self.inner().try_for_each(|node| node.triples(each))
    }

    /// The nodes that are described in this one.
    pub fn inner(&self) -> impl Iterator<Item = &Node<'a>> {
        let objects = self.edges.iter().flat_map(|(_, objects)| objects);
        objects.filter_map(|object| match object {
            Object::Node(node) => Some(node),
            _ => None,
        })
    }
}

impl<'a> Object<'a> {
    /// Text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Object::Literal(text.into(), Datatype::Text)
    }
}
