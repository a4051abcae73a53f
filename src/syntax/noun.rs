//! Nouns: lists, appositions, titles, possessors and what hangs on a noun with a preposition.

use super::relative::before_comma;
use super::{ClauseWords, Label, Links, Tree};
use crate::language::{Relation, Upos, Xpos};

/// A longer list is a table, and costs more than it tells.
const MEMBERS: usize = 32;

/// The words that fill a place together: the members of a list ("Ada, Bob and Cy"), the name behind its
/// description ("the president, Ada"), and the word that "who" stands for.
pub(super) fn members(tree: &Tree, lexicon: &ClauseWords, at: usize) -> Vec<usize> {
    let mut members = Vec::new();
    let mut open = vec![antecedent(tree, at).unwrap_or(at)];
    while let Some(at) = open.pop() {
        if members.len() >= MEMBERS || members.contains(&at) {
            continue;
        }
        members.push(at);
        open.extend(tree.with(at, Relation::Conj).filter(|member| is_member(tree, *member)));
        open.extend(described(tree, at));
        open.extend(same(tree, at));
        open.extend(led_by(tree, lexicon, at));
        open.extend(named_with_of(tree, lexicon, at));
        open.extend(owner(tree, lexicon, at));
        open.extend(joined(tree, lexicon, at));
    }
    members
}

/// Whether what is joined by "and" is of the list: not "met Ada and **Bob** left", "met Ada, not **Bob**".
fn is_member(tree: &Tree, member: usize) -> bool {
    let not = tree.with(member, Relation::Advmod).any(|at| tree.words[at].upos == Some(Upos::Part));
    !tree.has_subject(member) && !not
}

/// "**Chile**'s government", "state-sponsored **Iranian** hackers", "inspectors from **NATO**", "a depot belonging to
/// **Hamas**": who has them acts, and what is done to them is done to it.
fn owner(tree: &Tree, lexicon: &ClauseWords, at: usize) -> Vec<usize> {
    let word = &tree.words[at];
    let several =
        matches!(word.xpos, Some(Xpos::Nns | Xpos::Nnps)) && lexicon.several_stand_for_owner(&word.lemma);
    let any = lexicon.stands_for_owner(&word.lemma) || several;
    let group = lexicon.stands_for_group(&word.lemma);
    // "The Norwegian envoy, Ada" is Ada, not Norway.
    if word.name || !(any || group) || described(tree, at).next().is_some() {
        return Vec::new();
    }
    let from = |name: &usize| matches!(tree.preposition(*name).as_deref(), Some("of" | "from"));
    let whose = |name: &usize| {
        let joined = match tree.words[*name].relation {
            Relation::NmodPoss | Relation::Compound | Relation::NmodDesc => true,
            Relation::Amod => any,
            Relation::Nmod => from(name),
            _ => false,
        };
        joined && tree.words[*name].name
    };
    let belongs = tree.with(at, Relation::Acl).filter(|verb| lexicon.belongs(&tree.words[*verb].lemma));
    let to = belongs.flat_map(|verb| tree.with(verb, Relation::Obl).collect::<Vec<_>>());
    let to = to.filter(|name| tree.words[*name].name && tree.preposition(*name).as_deref() == Some("to"));
    let owners: Vec<usize> = tree.children(at).iter().copied().filter(whose).chain(to).collect();
    // "US and British troops" are those of both.
    let both = owners.iter().flat_map(|owner| tree.with(*owner, Relation::Conj));
    let both: Vec<usize> = both.filter(|owner| tree.words[*owner].name).collect();
    let owners: Vec<usize> = owners.into_iter().chain(both).collect();
    // "The presidents of Chile, Ada, and Peru, Bob" are Ada and Bob.
    let last = owners.iter().max().map_or(at, |last| *last);
    let comma = |at: usize| tree.words[at].form == ",";
    let named = several && (at + 1..tree.words.len().min(last + 2)).any(comma);
    if named { Vec::new() } else { owners }
}

/// "Ada, along with **Bob**, …", "rebels such as **Hamas**".
fn joined(tree: &Tree, lexicon: &ClauseWords, at: usize) -> Vec<usize> {
    let word = &tree.words[at];
    if !word.name && !matches!(word.xpos, Some(Xpos::Nns | Xpos::Nnps)) {
        return Vec::new();
    }
    let joins = |name: &usize| {
        *name > at
            && tree.words[*name].name
            && tree.preposition(*name).is_some_and(|preposition| {
                lexicon.joins(&preposition) || preposition == "as" && tree.is_such(at)
            })
    };
    tree.with(at, Relation::Nmod).filter(joins).collect()
}

/// "**Ada** is the woman that runs Acme", "**Acme**, the company Ada runs", "**Acme** is a company based in Oslo":
/// of what a noun is said, too.
fn same(tree: &Tree, at: usize) -> Vec<usize> {
    let word = &tree.words[at];
    let participle = |verb: &usize| matches!(tree.words[*verb].xpos, Some(Xpos::Vbn | Xpos::Vbg | Xpos::Vbd));
    let clause = tree.with(at, Relation::AclRelcl).next().is_some()
        || tree.with(at, Relation::Acl).any(|verb| participle(&verb));
    if word.name || !clause || !matches!(word.upos, Some(Upos::Noun)) {
        return Vec::new();
    }
    if tree.with(at, Relation::Cop).next().is_some() && tree.preposition(at).is_none() {
        return tree.with(at, Relation::Nsubj).filter(|subject| tree.words[*subject].name).collect();
    }
    let name = word.head.filter(|head| word.relation == Relation::Appos && tree.words[*head].name);
    name.into_iter().collect()
}

/// "a delegation led by **Ada**", "a group of doctors headed by **Ada**": she is one of them.
fn led_by(tree: &Tree, lexicon: &ClauseWords, at: usize) -> Vec<usize> {
    if tree.words[at].name || !lexicon.is_group(&tree.words[at].lemma) {
        return Vec::new();
    }
    let of = tree.with(at, Relation::Nmod).filter(|noun| tree.preposition(*noun).as_deref() == Some("of"));
    let nouns = std::iter::once(at).chain(of);
    let clauses = nouns.flat_map(|noun| tree.with(noun, Relation::Acl).collect::<Vec<_>>());
    let led = clauses.filter(|verb| lexicon.leads(&tree.words[*verb].lemma));
    led.flat_map(|verb| tree.with(verb, Relation::Obl).collect::<Vec<_>>())
        .filter(|leader| tree.preposition(*leader).as_deref() == Some("by"))
        .collect()
}

/// "the port city of **Accra**".
fn named_with_of(tree: &Tree, lexicon: &ClauseWords, at: usize) -> Vec<usize> {
    if tree.words[at].name || !lexicon.is_named_with_of(&tree.words[at].lemma) {
        return Vec::new();
    }
    let of = |name: &usize| tree.words[*name].name && tree.preposition(*name).as_deref() == Some("of");
    tree.with(at, Relation::Nmod).filter(of).collect()
}

/// "the president, **Ada**"; "the company **Acme**"; "Senator from Ohio **Ada**".
fn described(tree: &Tree, at: usize) -> impl Iterator<Item = usize> + '_ {
    let names = tree.children(at).iter().copied().filter(move |child| {
        let after = *child > at && tree.words[*child].name;
        let joined = matches!(
            tree.words[*child].relation.universal(),
            Relation::Appos | Relation::Flat | Relation::Nmod
        );
        after && joined && tree.preposition(*child).is_none() && !tree.is(*child, Relation::NmodPoss)
    });
    names.filter(move |_| !tree.words[at].name)
}

/// The noun that a relative pronoun stands for: "the man **who** met Bob".
fn antecedent(tree: &Tree, at: usize) -> Option<usize> {
    let word = &tree.words[at];
    if !matches!(word.xpos, Some(Xpos::Wp | Xpos::Wdt | Xpos::WpS)) {
        return None;
    }
    let mut above = std::iter::successors(word.head, |at| tree.words[*at].head).take(4);
    match above.find(|at| tree.words[*at].relation == Relation::AclRelcl) {
        Some(clause) => tree.words[clause].head,
        // "Ada, whose talks with Bob failed, left": the parser may see no clause, but there is the comma.
        None => before_comma(tree, at),
    }
}

/// A description follows what it describes: in "told Bob to see Cy, Ada's son" the son is Cy, even if the
/// parser thinks of Bob.
pub(super) fn follow(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let (Some(head), false) = (word.head, word.name || word.inside) else { continue };
        if word.relation != Relation::Appos || !tree.words[head].name || head > at {
            continue;
        }
        let start = tree.start(at);
        let comma = start.checked_sub(1).filter(|before| tree.words[*before].form == ",");
        let Some(before) = comma.and_then(|comma| comma.checked_sub(1)) else { continue };
        let Some(name) = tree.words[before].stands.filter(|name| *name != head) else { continue };
        let mut above = std::iter::successors(Some(name), |at| tree.words[*at].head).take(tree.words.len());
        if !above.any(|at| at == head) {
            tree.words[at].head = Some(name);
            tree.hang();
        }
    }
}

/// All links that start at nouns.
pub(super) fn link(links: &mut Links) {
    let tree = links.tree;
    for at in 0..tree.words.len() {
        let (Some(head), false) = (tree.words[at].head, tree.words[at].inside) else { continue };
        match tree.words[at].relation {
            Relation::NmodPoss => possessor(links, head, at),
            Relation::Appos => apposition(links, head, at),
            Relation::Nmod
            | Relation::NmodDesc
            | Relation::NmodUnmarked
            | Relation::Compound
            | Relation::Flat
            | Relation::Amod => modifier(links, head, at),
            Relation::Conj => half_title(links, head, at),
            Relation::Det if tree.words[at].name => links.add(head, Label::Modifier, at),
            _ => {}
        }
    }
    shared(links);
}

/// "Ada's visit", "whose visit".
fn possessor(links: &mut Links, head: usize, at: usize) {
    links.add(head, Label::Possessor, at);
}

/// "Ada, the president of Norway" and "the president of Norway, Ada": the noun says what the name is.
fn apposition(links: &mut Links, head: usize, at: usize) {
    let tree = links.tree;
    let (noun, name) = if tree.words[head].name { (at, head) } else { (head, at) };
    if tree.words[noun].name {
        return;
    }
    if let Some(preposition) = tree.preposition(at) {
        return links.add(head, Label::Preposition(preposition), at);
    }
    // "Ada and Bob, the mayor": one noun for the last of them only, on which parsers hang it as seldom as not.
    let last =
        tree.with(name, Relation::Conj).filter(|other| *other < noun && tree.words[*other].name).last();
    let several = matches!(tree.words[noun].xpos, Some(Xpos::Nns | Xpos::Nnps));
    let name = last.filter(|_| !several).unwrap_or(name);
    let nouns =
        std::iter::once(noun).chain(tree.with(noun, Relation::Conj).filter(|at| !tree.words[*at].name));
    // "the mayor, Ada, and the **governor**, Bob"
    let nouns = nouns.filter(|other| (*other < name) == (noun < name));
    for noun in nouns.collect::<Vec<_>>() {
        is(links, noun, name);
    }
}

/// A noun says what a name is; of a list only a noun in the plural says it of all members.
fn is(links: &mut Links, noun: usize, name: usize) {
    if matches!(links.tree.words[noun].xpos, Some(Xpos::Nns | Xpos::Nnps)) {
        links.add(noun, Label::Is, name);
    } else {
        links.push(super::Link { from: noun, label: Label::Is, to: name, derived: false });
    }
}

/// "Acme **leader** and Prime Minister Ada": a post without an article before a titled name is the name's, too.
fn half_title(links: &mut Links, head: usize, name: usize) {
    let tree = links.tree;
    let word = &tree.words[head];
    let bare = !word.name
        && word.upos == Some(Upos::Noun)
        && matches!(word.xpos, Some(Xpos::Nn | Xpos::Nnp))
        && tree.with(head, Relation::Det).next().is_none();
    let title = |at: &usize| *at > head && *at < name && !tree.words[*at].name && tree.is_noun(*at);
    let titled = tree.children(name).iter().filter(|at| title(at));
    let adjacent = titled.into_iter().next().is_some();
    if bare && adjacent && tree.words[name].name {
        is(links, head, name);
    }
}

/// "talks with Bob", "Chilean president", "President Ada".
fn modifier(links: &mut Links, head: usize, at: usize) {
    let tree = links.tree;
    // "invested $2bn in Acme": what hangs on a number belongs to what is counted.
    let number = tree.is(head, Relation::Nummod) && tree.preposition(at).is_some();
    let head = if number { tree.words[head].head.unwrap_or(head) } else { head };
    if let Some(preposition) = tree.preposition(at) {
        if let Some(noun) = post_of(tree, head, at).filter(|_| !each_has_own(tree, head, &preposition)) {
            links.derive(noun, Label::Preposition(preposition.clone()), at);
        }
        return links.add(head, Label::Preposition(preposition), at);
    }
    let title = tree.words[head].name && !tree.words[at].name && tree.is_noun(at) && at < head;
    if title {
        is(links, at, head);
        for other in tree.with(at, Relation::Conj).filter(|other| *other < head).collect::<Vec<_>>() {
            is(links, other, head);
        }
        // "Chilean" may hang on the name in "Chilean President Ada", and says more of the president.
        let before = tree.children(head).iter().copied().filter(|child| *child < at);
        for child in before.collect::<Vec<_>>() {
            match tree.words[child].relation {
                Relation::NmodPoss => links.derive(at, Label::Possessor, child),
                Relation::Amod | Relation::Compound | Relation::Nmod | Relation::NmodUnmarked
                    if tree.preposition(child).is_none() =>
                {
                    links.derive(at, Label::Modifier, child);
                }
                _ => {}
            }
        }
        return;
    }
    // "the company Acme", "Senator from Ohio Ada Byron"
    let described = !tree.words[head].name && tree.words[at].name && at > head;
    if described && matches!(tree.words[at].relation, Relation::Flat | Relation::Nmod | Relation::NmodDesc) {
        return is(links, head, at);
    }
    links.add(head, Label::Modifier, at);
    // "Acme chief executive": what says more of "chief" says more of the executive.
    let inner = matches!(tree.words[head].relation, Relation::Amod | Relation::Compound);
    let inner = inner && tree.words[at].name && !tree.words[head].name && !tree.is_verb(head);
    if let Some(noun) = tree.words[head].head.filter(|noun| inner && head < *noun) {
        links.derive(noun, Label::Modifier, at);
    }
}

/// "President Ada **of Chile**", "Ada, founder **of Acme**": of a name's posts the one that the phrase is for,
/// which no comma divides from it.
fn post_of(tree: &Tree, name: usize, at: usize) -> Option<usize> {
    if !tree.words[name].name || at < name {
        return None;
    }
    let post = |child: &usize| {
        let word = &tree.words[*child];
        let joined = matches!(word.relation, Relation::NmodDesc | Relation::Appos) && !word.name;
        let mut between = tree.words.iter().take(at).skip((*child).max(name));
        let comma = between.any(|word| word.form == ",");
        joined && tree.is_noun(*child) && *child < at && !comma
    };
    tree.children(name).iter().copied().filter(post).max()
}

/// "ministers Ada **of Chile** and Bob **of Peru**": the noun is of neither as a whole, or both would be of both.
fn each_has_own(tree: &Tree, name: usize, preposition: &str) -> bool {
    let own = |other: usize| {
        tree.with(other, Relation::Nmod).any(|at| tree.preposition(at).as_deref() == Some(preposition))
    };
    tree.with(name, Relation::Conj).any(|other| tree.words[other].name && own(other))
}

/// "president and founder of Acme", "Chile's president and army chief": what stands before the first noun
/// or after the last one belongs to both.
fn shared(links: &mut Links) {
    let tree = links.tree;
    for second in 0..tree.words.len() {
        let word = &tree.words[second];
        let Some(first) = word.head.filter(|_| word.relation == Relation::Conj && !word.inside) else {
            continue;
        };
        let common =
            |at: usize| matches!(tree.words[at].upos, Some(Upos::Noun | Upos::Propn)) && !tree.words[at].name;
        if !common(first) || !common(second) {
            continue;
        }
        // "a deal and a ban on Peru" are two phrases, "ministers and envoys of Peru" is one.
        let apart = |child: &usize| {
            matches!(tree.words[*child].relation, Relation::Det | Relation::NmodPoss | Relation::Case)
        };
        if tree.children(second).iter().any(apart) {
            continue;
        }
        let own = links.from[second].clone();
        let had = links.from[first].clone();
        for link in had.iter().filter(|link| link.to < first) {
            if matches!(link.label, Label::Possessor | Label::Modifier) && tree.words[link.to].name {
                links.derive(second, link.label.clone(), link.to);
            }
        }
        // The parser may hang "of Acme" in "founder and president of Acme" on the first.
        let alone = own.iter().all(|link| !matches!(link.label, Label::Preposition(_)));
        for link in had.iter().filter(|link| alone && link.to > second) {
            if matches!(link.label, Label::Preposition(_)) {
                links.derive(second, link.label.clone(), link.to);
            }
        }
        let bare = had.iter().all(|link| !matches!(link.label, Label::Preposition(_)));
        for link in own.iter().filter(|link| bare && link.to > second) {
            if matches!(link.label, Label::Preposition(_)) {
                links.derive(first, link.label.clone(), link.to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::sample::said;

    #[test]
    fn of_several_names_each_has_its_own_country() {
        let both = said(
            "ministers/NNS:2:nmod:desc *Ada/NNP:8:nsubj of/IN:4:case *Chile/NNP:2:nmod and/CC:6:cc \
             *Bob/NNP:2:conj *Peru/NNP:6:nmod met/VBD:0:root",
        );
        assert!(both.contains("of chile"), "{both}");
        let own = said(
            "ministers/NNS:2:nmod:desc *Ada/NNP:9:nsubj of/IN:4:case *Chile/NNP:2:nmod and/CC:6:cc \
             *Bob/NNP:2:conj of/IN:8:case *Peru/NNP:6:nmod met/VBD:0:root",
        );
        assert!(!own.contains("ministers: is ada, is bob, of chile"), "{own}");
        assert!(both.contains("ministers: is ada, is bob, of chile"), "{both}");
    }
}
