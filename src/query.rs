//! [`Dataset`] → answers to [SPARQL 1.1](https://www.w3.org/TR/sparql11-query/) questions, in memory.
//!
//! The default graph holds everything, so that a question needs no `GRAPH`; the graph of each article is there,
//! too. Nothing is asked of the network.

use crate::dataset::Dataset;
use crate::rdf::node::{Datatype, Object};
use crate::rdf::{Description, Names, Part, Version};
use oxigraph::io::{RdfFormat, RdfSerializer};
pub use oxigraph::model::Term;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::{StorageError, Store};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A dataset that answers questions.
pub struct Questions {
    store: Store,
    names: Names,
}

/// Why a question has no answer. All but `Store` are for the person to mend.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It is not SPARQL.
    #[error("the question is no SPARQL query: {message}")]
    Syntax {
        /// What was expected.
        message: String,
        /// Line and column in code points, counted from 1, where reading stopped.
        at: Option<(usize, usize)>,
    },
    /// It asks another server.
    #[error("`SERVICE` asks another server, and a build is asked without the network")]
    Service,
    /// It asks for what cannot be worked out.
    #[error("the question cannot be answered: {0}")]
    Evaluation(String),
    /// The memory of the store failed.
    #[error("the graph cannot be held in memory")]
    Store(#[from] StorageError),
}

impl QueryError {
    /// Whether another question would do better, as against the machine failing.
    pub fn is_users_fault(&self) -> bool {
        !matches!(self, Self::Store(_))
    }
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::UnsupportedService(_)
            | QueryEvaluationError::Service(_)
            | QueryEvaluationError::UnboundService
            | QueryEvaluationError::InvalidServiceName(_) => Self::Service,
            other => Self::Evaluation(other.to_string()),
        }
    }
}

/// What a question gives.
#[derive(Debug)]
pub enum Answer {
    /// Of `ASK`.
    Truth(bool),
    /// Of `SELECT`. Sorted, unless the question orders its rows.
    Rows {
        /// The names of the columns, without question marks.
        columns: Vec<String>,
        /// A value for each column, where it has one.
        rows: Vec<Vec<Option<Term>>>,
    },
    /// Of `CONSTRUCT` and `DESCRIBE`, sorted.
    Graph(Vec<Triple>),
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Results {
    /// Comma-separated values, without the kinds of the values.
    Csv,
    /// Tab-separated values, written as in Turtle.
    Tsv,
    /// [SPARQL 1.1 results in JSON](https://www.w3.org/TR/sparql11-results-json/).
    Json,
}

impl std::fmt::Debug for Questions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Questions").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Questions {
    /// Takes a dataset into memory: about 1 kB a piece of evidence and a second for 10,000 triples.
    ///
    /// # Errors
    /// [`QueryError::Store`].
    pub fn new(dataset: &Dataset) -> Result<Self, QueryError> {
        let names = Names::new(&dataset.terms);
        let store = Store::new()?;
        let description = Description::new(dataset, &names, Version::V11);
        let mut transaction = store.start_transaction()?;
        let mut load = |part: Part, graph: GraphName| {
            description.nodes(part, &mut |node| {
                node.triples(&mut |subject, property, object| {
                    let subject = NamedNode::new_unchecked(subject);
                    let property = NamedNode::new_unchecked(property);
                    transaction.insert(&Quad::new(subject, property, term(object), graph.clone()));
                    Ok::<(), StorageError>(())
                })
            })
        };
        load(Part::All, GraphName::DefaultGraph)?;
        for article in description.articles() {
            let graph = NamedNode::new_unchecked(names.assertions(article));
            load(Part::Assertions(article), graph.into())?;
        }
        transaction.commit()?;
        Ok(Self { store, names })
    }

    /// Number of triples that questions are asked of, those of the articles' graphs not counted again. O(triples).
    ///
    /// # Errors
    /// [`QueryError::Store`].
    pub fn len(&self) -> Result<usize, QueryError> {
        let mut all = self.store.quads_for_pattern(None, None, None, Some((&GraphName::DefaultGraph).into()));
        Ok(all.try_fold(0, |count, quad| quad.map(|_| count + 1))?)
    }

    /// Whether there is nothing to ask of.
    ///
    /// # Errors
    /// [`QueryError::Store`].
    pub fn is_empty(&self) -> Result<bool, QueryError> {
        Ok(self.store.is_empty()?)
    }

    /// Answers a question. The prefixes of the vocabulary need not be declared.
    ///
    /// # Errors
    /// [`QueryError`], where the question is at fault.
    pub fn ask(&self, question: &str) -> Result<Answer, QueryError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in self.names.prefixes() {
            // A namespace that no query could write needs no prefix either.
            if let Ok(with) = evaluator.clone().with_prefix(prefix, namespace) {
                evaluator = with;
            }
        }
        let prepared = evaluator.parse_query(question).map_err(|error| syntax(&error.to_string()))?;
        match prepared.on_store(&self.store).execute()? {
            QueryResults::Boolean(truth) => Ok(Answer::Truth(truth)),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let columns = variables.iter().map(|variable| variable.as_str().to_owned()).collect();
                let mut rows =
                    solutions
                        .map(|solution| Ok(row(&solution?, &variables)))
                        .collect::<Result<Vec<_>, QueryEvaluationError>>()?;
                if !orders(question) {
                    rows.sort_by_cached_key(|row| sortable(row));
                }
                Ok(Answer::Rows { columns, rows })
            }
            QueryResults::Graph(triples) => {
                let mut triples = triples.collect::<Result<Vec<Triple>, _>>()?;
                triples.sort_by_cached_key(ToString::to_string);
                triples.dedup();
                Ok(Answer::Graph(triples))
            }
        }
    }

    /// The text of a value in a table: an IRI with its prefix, a literal without its datatype.
    pub fn short(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => match self.names.split(node.as_str()) {
                Some((prefix, local)) => format!("{prefix}:{local}"),
                None => node.as_str().to_owned(),
            },
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) => literal.value().to_owned(),
            #[allow(unreachable_patterns, reason = "with RDF 1.2 there are triples, too")]
            other => other.to_string(),
        }
    }

    /// Writes a graph as Turtle, with the prefixes of the vocabulary.
    ///
    /// # Errors
    /// What `out` answers.
    pub fn turtle(&self, triples: &[Triple], out: &mut dyn Write) -> io::Result<()> {
        let texts: Vec<String> = triples.iter().map(ToString::to_string).collect();
        let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
        if let Ok(with) = serializer.clone().with_base_iri(self.names.base()) {
            serializer = with;
        }
        // Own IRIs are paths: under a prefix each slash of them would be escaped, relative to the base none is.
        for (prefix, namespace) in self.names.prefixes().filter(|(prefix, _)| *prefix != "relata") {
            if texts.iter().any(|text| text.contains(namespace))
                && let Ok(with) = serializer.clone().with_prefix(prefix, namespace)
            {
                serializer = with;
            }
        }
        let mut writer = serializer.for_writer(out);
        triples.iter().try_for_each(|triple| writer.serialize_triple(triple))?;
        writer.finish().map(drop)
    }
}

impl Answer {
    /// Writes rows or a truth for other programs; a graph is written as Turtle by [`Questions::turtle`].
    ///
    /// # Errors
    /// What `out` answers.
    pub fn write(&self, format: Results, out: &mut dyn Write) -> io::Result<()> {
        let format = match format {
            Results::Csv => QueryResultsFormat::Csv,
            Results::Tsv => QueryResultsFormat::Tsv,
            Results::Json => QueryResultsFormat::Json,
        };
        let serializer = QueryResultsSerializer::from_format(format);
        match self {
            Answer::Truth(truth) => serializer.serialize_boolean_to_writer(out, *truth).map(drop),
            Answer::Graph(_) => Ok(()),
            Answer::Rows { columns, rows } => {
                let variables: Vec<Variable> = columns.iter().map(Variable::new_unchecked).collect();
                let mut writer = serializer.serialize_solutions_to_writer(out, variables.clone())?;
                for row in rows {
                    let values = variables.iter().zip(row);
                    let bound = values
                        .filter_map(|(variable, value)| Some((variable.as_ref(), value.as_ref()?.as_ref())));
                    writer.serialize(bound)?;
                }
                writer.finish().map(drop)
            }
        }
    }
}

fn term(object: &Object) -> Term {
    match object {
        Object::Iri(iri) => NamedNode::new_unchecked(iri).into(),
        Object::Node(node) => NamedNode::new_unchecked(&node.iri).into(),
        Object::Literal(text, Datatype::Text) => Literal::new_simple_literal(text.as_ref()).into(),
        Object::Literal(text, datatype) => {
            Literal::new_typed_literal(text.as_ref(), NamedNode::new_unchecked(datatype.iri())).into()
        }
        // Only RDF 1.2 has these, and the store is given RDF 1.1.
        Object::Triple(triple) => Literal::new_simple_literal(triple.join(" ")).into(),
    }
}

fn row(solution: &QuerySolution, variables: &[Variable]) -> Vec<Option<Term>> {
    variables.iter().map(|variable| solution.get(variable).cloned()).collect()
}

/// Texts by which rows are sorted: the order of a hash table must not show.
fn sortable(row: &[Option<Term>]) -> Vec<String> {
    row.iter().map(|term| term.as_ref().map(ToString::to_string).unwrap_or_default()).collect()
}

/// Whether a question asks for an order.
fn orders(question: &str) -> bool {
    let question = question.to_lowercase();
    let words: Vec<&str> = question.split_whitespace().collect();
    words.windows(2).any(|pair| pair[0].ends_with("order") && pair[1].starts_with("by"))
}

/// The parser's `error at 1:8: expected …` with its place apart.
fn syntax(told: &str) -> QueryError {
    let parts = || {
        let (place, message) = told.strip_prefix("error at ")?.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some(((line.parse().ok()?, column.parse().ok()?), message))
    };
    let (at, message) = match parts() {
        Some((at, message)) => (Some(at), message),
        None => (None, told),
    };
    // The parser lists every word that could follow; beside a caret that is noise.
    let expected: BTreeSet<&str> = match message.strip_prefix("expected one of ") {
        Some(list) => list.split(", ").collect(),
        None => [message.strip_prefix("expected ").unwrap_or(message)].into(),
    };
    let message = match expected.len() {
        _ if expected.contains("Prefix not found") => "a prefix is not declared".to_owned(),
        1..=6 => format!("expected {}", expected.into_iter().collect::<Vec<_>>().join(" or ")),
        _ => "this cannot stand here".to_owned(),
    };
    QueryError::Syntax { message, at }
}
