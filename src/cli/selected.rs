//! The options that keep a part of a graph → a [`Selection`], with every name in them known.

use crate::cli::{entity, tell};
use clap::Args;
use jiff::civil::Date;
use relata::dataset::{Dataset, Selection};
use relata::diagnostic::Diagnostic;
use relata::triple::Fact;

/// Which part of the graph
#[derive(Debug, Args)]
#[command(next_help_heading = "Which part of the graph")]
pub(crate) struct Selected {
    /// Only what so many independent articles say
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_sources: usize,
    /// Only these relations, or families of relations such as `conflict`
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    relations: Vec<String>,
    /// Only between entities of these types
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    types: Vec<String>,
    /// Only what is so, what is not so, or what may be so
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = fact)]
    facts: Vec<Fact>,
    /// Only from this date, month or year on; without a date of its own, a triple has that of its articles
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<String>,
    /// Only up to this date, month or year
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<String>,
}

/// The part of the graph round somebody
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which part of the graph")]
pub(crate) struct Focus {
    /// Only who is near this entity: a name, an alias or an id; may be given several times
    #[arg(long, value_name = "NAME")]
    focus: Vec<String>,
    /// How many triples away from the focus still is near
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus")]
    hops: usize,
    /// Only the N entities with most triples
    #[arg(long, value_name = "N", default_value_t = 0)]
    top: usize,
}

impl Focus {
    /// The nearest of an entity, given by its id.
    pub(crate) fn on(id: &str) -> Self {
        Self { focus: vec![id.to_owned()], hops: 1, top: 0 }
    }
}

fn fact(name: &str) -> Result<Fact, String> {
    let facts = [Fact::Actual, Fact::Negated, Fact::Possible];
    let known = facts.into_iter().find(|fact| fact.name() == name);
    known.ok_or_else(|| format!("the facts are {}", facts.map(Fact::name).join(", ")))
}

fn date(text: &str) -> Result<String, String> {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let known = text.len() <= 10 && day.parse::<Date>().is_ok();
    if known { Ok(text.to_owned()) } else { Err("write 2021-08-25, 2021-08 or 2021".to_owned()) }
}

impl Selected {
    /// The part of `dataset` that is asked for; `None` where a name is unknown, which has then been told.
    pub(crate) fn of(self, dataset: Dataset, focus: Focus) -> Option<Dataset> {
        let Focus { focus, hops, top } = focus;
        let terms = &dataset.terms;
        let families = terms.relations.iter().map(|relation| relation.family.as_str());
        let relations = terms.relations.iter().map(|relation| relation.name.as_str()).chain(families);
        let types = terms.types.iter().map(|kind| kind.name.as_str());
        let known = [
            known("relation or family", &self.relations, relations.collect()),
            known("type", &self.types, types.collect()),
        ];
        // All names are looked up before the first unknown one ends it, so that each is told.
        let focus: Vec<Option<String>> =
            focus.iter().map(|name| Some(entity(&dataset, name)?.id.clone())).collect();
        let focus: Option<Vec<String>> = focus.into_iter().collect();
        let selection = Selection {
            focus: focus.filter(|_| known == [true, true])?,
            hops,
            min_sources: self.min_sources,
            relations: self.relations,
            types: self.types,
            facts: self.facts,
            since: self.since,
            until: self.until,
            top,
        };
        if selection == (Selection { hops: selection.hops, ..Selection::default() }) {
            return Some(dataset);
        }
        let part = dataset.select(&selection);
        if part.triples.is_empty() {
            let message = "no triple is left by these options, so the graph is empty";
            tell(&Diagnostic::warning("nothing-selected", message).help("leave one of them out"));
        }
        Some(part)
    }
}

/// Whether all `names` are among those that there are; tells each that is not.
fn known(what: &str, names: &[String], mut there: Vec<&str>) -> bool {
    there.sort_unstable();
    there.dedup();
    let unknown: Vec<&String> = names.iter().filter(|name| !there.contains(&name.as_str())).collect();
    for name in &unknown {
        let message = format!("`{name}` is no {what} of this build");
        tell(&Diagnostic::error("unknown-name", message).help(format!("there are {}", there.join(", "))));
    }
    unknown.is_empty()
}
