//! [`Dataset`] → `entities.ftm.json`: entities of FollowTheMoney, one a line, for Aleph and other tools of
//! investigators.
//!
//! People, organisations, countries (as public bodies) and places (as addresses); articles; and a link for each
//! triple, with the articles as its proof and the sentences as its summary. Only what is so is written: the model has
//! no way to say that something is denied or planned, and an investigator would read it as a fact.

use super::label::clean;
use crate::dataset::{ArticleRow, Dataset, EntityRow, LinkRow, Terms, TripleRow};
use crate::triple::Fact;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use xxhash_rust::xxh3::xxh3_64;

/// What is linked somehow.
const ANY_LINK: &str = "UnknownLink";
/// Whoever acts, where the vocabulary does not say more.
const ANY_ENTITY: &str = "LegalEntity";

type Properties = BTreeMap<String, BTreeSet<String>>;

/// Writes `entities.ftm.json`.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let terms = &dataset.terms;
    let schemata: BTreeMap<&str, &str> =
        dataset.entities.iter().map(|entity| (entity.id.as_str(), schema(entity, terms))).collect();
    for entity in &dataset.entities {
        line(&id("entity", &entity.id), schema(entity, terms), thing(entity), out)?;
    }
    for article in &dataset.articles {
        line(&id("article", &article.id), "Article", document(article), out)?;
    }
    for triple in dataset.triples.iter().filter(|triple| triple.fact == Fact::Actual) {
        let ends = [&triple.subject, &triple.object].map(|end| schemata.get(end.id.as_str()).copied());
        let link = link(triple, ends.map(|schema| schema.unwrap_or(ANY_ENTITY)), terms);
        let name = link.map_or(ANY_LINK, |link| &link.name);
        line(&id("statement", &triple.id), name, interval(triple, link, dataset), out)?;
    }
    Ok(())
}

fn line(id: &str, schema: &str, properties: Properties, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &json!({ "id": id, "schema": schema, "properties": properties }))?;
    out.write_all(b"\n")
}

/// Ids of FollowTheMoney hold no letters but ASCII and no slash; ours may.
fn id(kind: &str, of: &str) -> String {
    match kind {
        "statement" => format!("relata-{kind}-{}", clean(of)),
        _ => format!("relata-{kind}-{:016x}", xxh3_64(of.as_bytes())),
    }
}

fn schema<'a>(entity: &EntityRow, terms: &'a Terms) -> &'a str {
    terms.kind(entity.own_type()).and_then(|kind| kind.ftm.as_deref()).unwrap_or(ANY_ENTITY)
}

fn add(properties: &mut Properties, name: &str, value: &str) {
    let value = clean(value);
    if !value.is_empty() {
        properties.entry(name.to_owned()).or_default().insert(value);
    }
}

/// Other schemes than these two are no value for a property of the type `url`.
fn add_url(properties: &mut Properties, name: &str, url: Option<&str>) {
    if let Some(url) = url.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        add(properties, name, url);
    }
}

fn thing(entity: &EntityRow) -> Properties {
    let mut properties = Properties::new();
    let name = if clean(&entity.name).is_empty() { &entity.id } else { &entity.name };
    add(&mut properties, "name", name);
    for alias in &entity.aliases {
        // What articles call it, among it "the mayor": a hint for a person, too weak to match names by.
        add(&mut properties, "weakAlias", alias);
    }
    properties
}

fn document(article: &ArticleRow) -> Properties {
    let mut properties = Properties::new();
    add(&mut properties, "fileName", &article.id);
    add(&mut properties, "title", article.title.as_deref().unwrap_or_default());
    add(&mut properties, "publishedAt", article.date.as_deref().unwrap_or_default());
    add(&mut properties, "publisher", article.publisher.as_deref().unwrap_or_default());
    add_url(&mut properties, "sourceUrl", article.url.as_deref());
    properties
}

/// The link that the relation, or a wider one, names, where both ends are of schemata that it may hold.
fn link<'a>(triple: &TripleRow, [subject, object]: [&str; 2], terms: &'a Terms) -> Option<&'a LinkRow> {
    let mut relation = terms.relation(&triple.relation);
    let mut steps = terms.relations.len();
    while let Some(known) = relation.filter(|known| known.ftm.is_none() && steps > 0) {
        relation = known.parent.as_deref().and_then(|parent| terms.relation(parent));
        steps -= 1;
    }
    let named = relation.and_then(|relation| relation.ftm.as_deref());
    let find = |name: &str| terms.links.iter().find(|link| link.name == name);
    let holds = |link: &&LinkRow| {
        let has = |schemata: &[String], schema: &str| schemata.iter().any(|known| known == schema);
        has(&link.subjects, subject) && has(&link.objects, object)
    };
    named.and_then(find).filter(holds).or_else(|| find(ANY_LINK))
}

fn interval(triple: &TripleRow, link: Option<&LinkRow>, dataset: &Dataset) -> Properties {
    let mut properties = Properties::new();
    let (subject, object) = link.map_or(("subject", "object"), |link| (&link.subject, &link.object));
    add(&mut properties, subject, &id("entity", &triple.subject.id));
    add(&mut properties, object, &id("entity", &triple.object.id));
    let name = link.map_or(ANY_LINK, |link| &link.name);
    let standing = dataset.terms.relation(&triple.relation).is_some_and(|relation| relation.standing);
    let qualifier = |name: &str| triple.qualifiers.get(name).map_or("", String::as_str);
    if name == "Family" {
        add(&mut properties, "relationship", qualifier("kin"));
    } else {
        // An unknown link is known only by what the role says.
        let role = if name == ANY_LINK { triple.relation.as_str() } else { qualifier("role") };
        add(&mut properties, "role", role);
        add(&mut properties, "status", qualifier("status"));
    }
    // An event that makes somebody a member begins the membership; else the date is one of many of a state.
    let begins = !standing && name != ANY_LINK;
    add(
        &mut properties,
        if begins { "startDate" } else { "date" },
        triple.when.as_deref().unwrap_or_default(),
    );
    add(&mut properties, "recordId", &triple.id);
    for evidence in &triple.evidence {
        add(&mut properties, "summary", &evidence.quote);
        add(&mut properties, "proof", &id("article", &evidence.article));
        if let Some(article) = dataset.article(&evidence.article) {
            add(&mut properties, "publisher", article.publisher.as_deref().unwrap_or_default());
            add_url(&mut properties, "sourceUrl", article.url.as_deref());
        }
    }
    properties
}
