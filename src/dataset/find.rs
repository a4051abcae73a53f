//! A name that a person types → the entities that bear it.

use super::{Dataset, EntityRow};
use std::cmp::Reverse;

/// Whom a name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a> {
    /// One entity.
    One(&'a EntityRow),
    /// Several entities, those that are mentioned most first.
    Several(Vec<&'a EntityRow>),
    /// Nobody; these have names that hold its words, those that are mentioned most first.
    Nobody(Vec<&'a EntityRow>),
}

/// So many are proposed.
const PROPOSED: usize = 8;

impl Dataset {
    /// The entity of that id, name or alias, in whatever case, or else the one that has all these words in its name; an id
    /// comes before a name, a name before an alias. O(entities × names).
    pub fn find(&self, name: &str) -> Found<'_> {
        let wanted = folded(name);
        let bear = |rank: usize, entity: &EntityRow| match rank {
            0 => entity.id == name,
            1 => folded(&entity.name) == wanted,
            2 => entity.aliases.iter().any(|alias| folded(alias) == wanted),
            _ => has_words(&folded(&entity.name), &wanted),
        };
        for rank in 0..4 {
            let mut bearers: Vec<&EntityRow> =
                self.entities.iter().filter(|entity| bear(rank, entity)).collect();
            bearers.sort_by_key(|entity| Reverse(entity.mentions));
            match bearers[..] {
                [] => {}
                [one] => return Found::One(one),
                _ => return Found::Several(bearers),
            }
        }
        let near = |text: &str| {
            let text = folded(text);
            !wanted.is_empty() && wanted.split(' ').all(|word| text.contains(word))
        };
        let mut near: Vec<&EntityRow> = self
            .entities
            .iter()
            .filter(|entity| near(&entity.name) || entity.aliases.iter().any(|alias| near(alias)))
            .collect();
        near.sort_by_key(|entity| Reverse(entity.mentions));
        near.truncate(PROPOSED);
        Found::Nobody(near)
    }
}

/// Whether a name has all the words of another.
fn has_words(name: &str, wanted: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    !wanted.is_empty() && wanted.split(' ').all(|word| words.contains(&word))
}

/// A name without case, accents and repeated spaces: what a person types without thinking.
fn folded(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(id: &str, name: &str, aliases: &[&str], mentions: u32) -> EntityRow {
        EntityRow {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: "Person".to_owned(),
            subtype: None,
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            mentions,
            articles: Vec::new(),
        }
    }

    #[test]
    fn an_id_comes_before_a_name_and_a_name_before_an_alias() {
        let entities = vec![
            entity("person/ada", "Ada Byron", &["Byron"], 3),
            entity("person/bob", "Bob Poe", &["Ada Byron", "Poe"], 9),
            entity("person/jose", "José Poe", &["Poe"], 4),
        ];
        let data = Dataset { entities, ..Dataset::default() };
        let one = |name: &str| match data.find(name) {
            Found::One(entity) => entity.id.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(one("person/bob"), "person/bob");
        assert_eq!(one("ada  BYRON"), "person/ada");
        assert_eq!(one("jose poe"), "person/jose");
        assert_eq!(one("jose"), "person/jose");
        let Found::Several(several) = data.find("Poe") else { panic!("two bear it") };
        assert_eq!(several.iter().map(|entity| entity.mentions).collect::<Vec<_>>(), [9, 4]);
        let Found::Nobody(near) = data.find("byr") else { panic!("nobody bears it") };
        assert_eq!(near.len(), 2);
        assert_eq!(data.find(""), Found::Nobody(Vec::new()));
    }
}
