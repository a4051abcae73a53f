//! Where the parser slips in a way that the words round the slip give away.
//!
//! Each of these looks for a shape that no right tree has, such as a verb with a name right before it and no
//! subject, and does nothing elsewhere: what is doubtful stays as the parser has it.

use super::{Tree, beside, place, relative};
use crate::language::{Relation, Upos, Xpos};

/// Mends a tree before anything is read off it.
pub(super) fn mend(tree: &mut Tree) {
    base_form(tree);
    gerund(tree);
    beside::mend(tree);
    post_is_noun(tree);
    beside::second_post(tree);
    participle_of_list(tree);
    participle(tree);
    possessor(tree);
    subject_of_auxiliary(tree);
    subject_of_copula(tree);
    relative::predicate_and_relative(tree);
    subject_as_compound(tree);
    subject_before_verb(tree);
    object_behind_verb(tree);
    inserted_speaker(tree);
    relative::mend(tree);
    place::mend(tree);
}

/// "to found", "would found": behind "to" and a modal verb the form is the lemma, and no participle.
fn base_form(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        if tree.words[at].upos != Some(Upos::Verb) || tree.words[at].inside {
            continue;
        }
        let helpers: Vec<&super::Word> = tree.with(at, Relation::Aux).map(|at| &tree.words[at]).collect();
        let bare = helpers.iter().all(|word| word.xpos == Some(Xpos::Md) || word.lemma == "do");
        let wants = tree.is_infinitive(at) || !helpers.is_empty();
        let regular = ["ed", "ing"].iter().any(|ending| tree.words[at].form.ends_with(ending));
        if bare && wants && !regular && matches!(tree.words[at].xpos, Some(Xpos::Vbn | Xpos::Vbd)) {
            let word = &mut tree.words[at];
            (word.xpos, word.lemma) = (Some(Xpos::Vb), word.form.clone());
        }
    }
}

/// "After **meeting** Bob, Ada left": what has an object is a verb.
fn gerund(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let clause = matches!(word.relation, Relation::Advcl | Relation::Acl | Relation::Xcomp);
        let noun = word.upos == Some(Upos::Noun) && word.form.ends_with("ing") && !word.name;
        if clause && noun && tree.with(at, Relation::Obj).next().is_some() {
            (tree.words[at].upos, tree.words[at].xpos) = (Some(Upos::Verb), Some(Xpos::Vbg));
        }
    }
}

/// "chief executive Ada", "named Ada chief executive of Acme": an adjective in a noun's place is a noun.
fn post_is_noun(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let of = tree.with(at, Relation::Nmod).any(|child| tree.preposition(child).as_deref() == Some("of"));
        let place = match word.relation {
            Relation::NmodDesc => true,
            Relation::Xcomp | Relation::Appos | Relation::Conj => of,
            // "Ada is now chief executive of Acme"
            _ => of && tree.with(at, Relation::Cop).next().is_some(),
        };
        if place && word.upos == Some(Upos::Adj) && !word.name {
            tree.words[at].upos = Some(Upos::Noun);
        }
    }
}

/// "Acme is a baker and retailer **based** in Oslo": a participle right behind a noun, which no "and" joins to it, says
/// more of the noun.
fn participle_of_list(tree: &mut Tree) {
    for at in 1..tree.words.len() {
        let word = &tree.words[at];
        let bare = word.relation == Relation::Conj
            && word.upos == Some(Upos::Verb)
            && matches!(word.xpos, Some(Xpos::Vbn | Xpos::Vbd))
            && !tree.has_subject(at)
            && tree.start(at) == at
            && [Relation::Cc, Relation::Aux, Relation::AuxPass, Relation::Obj]
                .iter()
                .all(|child| tree.with(at, *child).next().is_none());
        let Some(noun) = word.head.filter(|noun| bare && tree.is_noun(*noun) && tree.is_noun(at - 1)) else {
            continue;
        };
        tree.attach(at, noun, Relation::Acl);
        tree.words[at].xpos = Some(Xpos::Vbn);
    }
}

/// "Acme, **run** since 2003 by Ada": a clause that says more of a noun and has no subject is no finite one.
/// With a subject ("the company Ada founded") it is a relative clause.
fn participle(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        if tree.words[at].relation != Relation::Acl || tree.words[at].upos != Some(Upos::Verb) {
            continue;
        }
        if tree.has_subject(at) {
            tree.words[at].relation = Relation::AclRelcl;
            continue;
        }
        let by = tree.with(at, Relation::Obl).any(|actor| tree.preposition(actor).as_deref() == Some("by"));
        let finite = matches!(tree.words[at].xpos, Some(Xpos::Vbd | Xpos::Vbp | Xpos::Vb));
        if by && finite && !tree.is_infinitive(at) {
            tree.words[at].xpos = Some(Xpos::Vbn);
        }
    }
}

/// "Ada **has** for years led Acme": an auxiliary has no subject, its verb has.
fn subject_of_auxiliary(tree: &mut Tree) {
    for subject in 0..tree.words.len() {
        let Some(aux) = tree.words[subject].head.filter(|_| tree.is(subject, Relation::Nsubj)) else {
            continue;
        };
        let verb = tree.words[aux].head.filter(|_| tree.is(aux, Relation::Aux));
        if let Some(verb) = verb.filter(|verb| !tree.has_subject(*verb)) {
            let passive = tree.is(aux, Relation::AuxPass);
            tree.attach(subject, verb, if passive { Relation::NsubjPass } else { Relation::Nsubj });
        }
    }
}

/// "**Acme** is the company Ada founded": the subject is that of "is", not one of the name.
fn subject_of_copula(tree: &mut Tree) {
    for subject in 0..tree.words.len() {
        let Some(name) = tree.words[subject].head.filter(|_| tree.is(subject, Relation::Nsubj)) else {
            continue;
        };
        let copula = |at: &usize| tree.with(*at, Relation::Cop).any(|copula| copula > subject);
        if !tree.words[name].name || copula(&name) {
            continue;
        }
        let mut above = std::iter::successors(Some(name), |at| tree.words[*at].head).take(4);
        if let Some(noun) = above.find(|at| copula(at) && !tree.has_subject(*at)) {
            tree.attach(subject, noun, Relation::Nsubj);
        }
    }
}

/// "whose **banks** fund Acme": a verb is no compound's head.
fn subject_as_compound(tree: &mut Tree) {
    for noun in 0..tree.words.len() {
        let Some(verb) = tree.words[noun].head.filter(|_| tree.is(noun, Relation::Compound)) else {
            continue;
        };
        let clause = matches!(
            tree.words[verb].relation,
            Relation::Root
                | Relation::Conj
                | Relation::Ccomp
                | Relation::Parataxis
                | Relation::AclRelcl
                | Relation::Advcl
        );
        if noun < verb && tree.is_noun(noun) && clause && tree.is_finite(verb) && !tree.has_subject(verb) {
            tree.attach(noun, verb, Relation::Nsubj);
        }
    }
}

/// "Ada photographed and toured **Oslo**": a noun right behind a verb without an object is its object.
fn object_behind_verb(tree: &mut Tree) {
    for noun in 1..tree.words.len() {
        let stray =
            matches!(tree.words[noun].relation.universal(), Relation::Conj | Relation::List | Relation::Dep);
        if !stray
            || !tree.is_noun(noun)
            || tree.words[noun].inside
            || tree.with(noun, Relation::Cc).next().is_some()
        {
            continue;
        }
        let Some(verb) = tree.start(noun).checked_sub(1) else { continue };
        let takes = tree.words[verb].upos == Some(Upos::Verb)
            && tree.with(verb, Relation::Obj).next().is_none()
            && tree.with(verb, Relation::AuxPass).next().is_none();
        if takes {
            tree.attach(noun, verb, Relation::Obj);
        }
    }
}

/// "Ada's talks with Bob ended": what has "'s" belongs to the noun behind it, and is no second subject.
fn possessor(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let own = tree.words[at].relation;
        let sign = tree.with(at, Relation::Case).any(|case| tree.words[case].xpos == Some(Xpos::Pos));
        let Some(head) = tree.words[at].head.filter(|_| sign && !tree.words[at].inside) else { continue };
        if matches!(own, Relation::NmodPoss | Relation::Conj) {
            continue;
        }
        let noun = if head > at && tree.is_noun(head) {
            Some(head)
        } else {
            let mut siblings = tree.children(head).iter().copied().filter(|other| *other > at);
            siblings.find(|other| tree.is_noun(*other))
        };
        if let Some(noun) = noun {
            tree.attach(at, noun, Relation::NmodPoss);
        }
    }
}

/// "On Monday **Norway** sent doctors", "… met Bob, and **Cy** left": a name right before a finite verb
/// without a subject is its subject, whatever the parser hung it on.
fn subject_before_verb(tree: &mut Tree) {
    for verb in 0..tree.words.len() {
        if !tree.is_finite(verb) || tree.has_subject(verb) || tree.words[verb].inside {
            continue;
        }
        let helps = |at: usize| {
            let small = matches!(tree.words[at].relation.universal(), Relation::Aux | Relation::Advmod);
            small && tree.words[at].head == Some(verb)
        };
        // From the left: the first of the verb's auxiliaries and adverbs that follow a name.
        let starts = (1..=verb).rev().take_while(|at| *at == verb || helps(*at));
        let aux = tree.with(verb, Relation::Aux).filter(|at| *at < verb).min();
        let starts: Vec<usize> = starts.chain(aux).collect();
        let name = |start: &usize| tree.words[*start - 1].stands.filter(|name| *name < *start);
        let Some(name) = starts.iter().filter(|start| **start > 0).find_map(name) else { continue };
        if tree.below(verb, name) {
            continue;
        }
        let subject = match tree.words[verb].relation {
            Relation::Conj => second_subject(tree, verb, name),
            Relation::Parataxis => relative::reduced(tree, verb, name) || freed(tree, verb, name),
            Relation::AclRelcl => relative::reduced(tree, verb, name),
            Relation::Root | Relation::Ccomp => freed(tree, verb, name),
            _ => false,
        };
        if subject {
            let passive = tree.with(verb, Relation::AuxPass).next().is_some();
            let relation = if passive { Relation::NsubjPass } else { Relation::Nsubj };
            tree.attach(name, verb, relation);
        }
    }
}

/// "Ada stayed in Lima and **Bob** met Cy": the last of a list that stands right before a second verb, which
/// nothing else joins to the first.
fn second_subject(tree: &Tree, verb: usize, name: usize) -> bool {
    let joined = tree.with(name, Relation::Cc).next().is_some()
        || tree.with(verb, Relation::Cc).any(|sign| sign < name);
    let between = tree.words.iter().take(verb).skip(name).all(|word| word.upos != Some(Upos::Cconj));
    let first = tree.words[verb].head.is_some_and(|first| first < name);
    tree.words[name].relation == Relation::Conj && joined && between && first
}

/// "On **Monday** Norway sent": the word between the preposition and the name is what the preposition is for.
fn freed(tree: &mut Tree, verb: usize, name: usize) -> bool {
    if tree.words[name].relation.universal() == Relation::Compound && tree.words[name].head == Some(verb) {
        return true;
    }
    let mut above = std::iter::successors(Some(name), |at| tree.words[*at].head).take(tree.words.len());
    if !above.any(|at| at == verb) {
        return false;
    }
    // "Heading Acme, **Ada** has made enemies"
    if tree.words[name].relation == Relation::Appos
        && tree.start(name).checked_sub(1).is_some_and(|at| tree.is_sign(at))
    {
        return true;
    }
    let Some(case) = tree.with(name, Relation::Case).next() else { return false };
    let inner = tree.children(name).iter().copied().find(|child| {
        let word = &tree.words[*child];
        *child > case && *child < name && matches!(word.upos, Some(Upos::Noun | Upos::Propn))
    });
    let (Some(inner), Some(head)) = (inner, tree.words[name].head) else { return false };
    let relation = tree.words[name].relation;
    tree.attach(case, inner, Relation::Case);
    tree.attach(inner, head, relation);
    true
}

/// "**Ada**, Bob said, met Cy", "\"**Ada**\", said Bob, \"met Cy\"": who speaks stands inside what is said.
fn inserted_speaker(tree: &mut Tree) {
    for said in 0..tree.words.len() {
        if !tree.is_verb(said) {
            continue;
        }
        let clause = tree.with(said, Relation::Ccomp).find(|clause| *clause > said && tree.is_verb(*clause));
        let Some(clause) = clause else { continue };
        let children = tree.children(said).to_vec();
        let first = children.iter().copied().find(|child| {
            let word = &tree.words[*child];
            *child < said
                && tree.is_noun(*child)
                && matches!(word.relation.universal(), Relation::Nsubj | Relation::Ccomp | Relation::Obl)
                && tree.preposition(*child).is_none()
                && tree.is_sign(tree.end(*child))
        });
        let Some(first) = first else { continue };
        let speaker = inside(tree, said, first).or_else(|| behind(tree, said, first, clause));
        if let Some(speaker) = speaker {
            tree.attach(speaker, said, Relation::Nsubj);
            let passive = tree.with(clause, Relation::AuxPass).next().is_some();
            tree.attach(first, clause, if passive { Relation::NsubjPass } else { Relation::Nsubj });
        }
    }
}

/// "Ada, **Bob** said, met": another subject, or an apposition, right before the verb.
fn inside(tree: &Tree, said: usize, first: usize) -> Option<usize> {
    let clause = tree.with(said, Relation::Ccomp).find(|clause| *clause > said)?;
    let closed = tree.start(clause);
    let closed = tree.is_sign(closed) || closed.checked_sub(1).is_some_and(|at| tree.is_sign(at));
    if tree.has_subject(clause) || !closed {
        return None;
    }
    let subjects = tree.with(said, Relation::Nsubj);
    let all = subjects.chain(tree.with(first, Relation::Appos));
    all.filter(|other| *other != first && *other > first).find(|other| tree.end(*other) == said)
}

/// "Ada, said **Bob**, met": the parser took the speaker for the subject of what is said.
fn behind(tree: &Tree, said: usize, first: usize, clause: usize) -> Option<usize> {
    let speaker = tree.with(clause, Relation::Nsubj).next()?;
    let mut between = tree.words.iter().take(said).skip(tree.end(first));
    let near = between.all(|word| word.upos == Some(Upos::Punct));
    let start = tree.words.iter().position(|word| word.stands == Some(speaker)).unwrap_or(speaker);
    (near && start == said + 1 && tree.is_sign(tree.end(speaker))).then_some(speaker)
}

#[cfg(test)]
mod tests {
    use crate::syntax::sample::said as links;

    #[test]
    fn what_stands_between_preposition_and_name_is_what_the_preposition_is_for() {
        let said = links(
            "On/IN:3:case Monday/NNP:3:compound *Peru/NNP:4:obl sent/VBD:0:root doctors/NNS:4:obj to/IN:7:case \
             *Chile/NNP:4:obl",
        );
        assert!(said.contains("sent: subject peru, on monday, object doctors, to chile"), "{said}");
    }

    #[test]
    fn the_last_of_a_list_is_the_subject_of_a_verb_right_behind_it() {
        let said = links(
            "*Ada/NNP:2:nsubj met/VBD:0:root *Bob/NNP:2:obj ,/,:7:punct and/CC:7:cc *Cy/NNP:3:conj left/VBD:2:conj",
        );
        assert!(said.contains("met: subject ada, object bob; left: subject cy"), "{said}");
        let list = links("*Ada/NNP:2:nsubj met/VBD:0:root *Bob/NNP:2:obj and/CC:5:cc *Cy/NNP:3:conj");
        assert!(list.contains("object bob, object cy"), "{list}");
    }

    #[test]
    fn a_participle_behind_a_list_of_nouns_says_more_of_them() {
        let said = links(
            "*Acme/NNP:3:nsubj is/VBZ:3:cop baker/NN:0:root and/CC:5:cc seller/NN:3:conj based/VBN:3:conj in/IN:8:case \
             *Oslo/NNP:6:obl",
        );
        assert!(said.contains("based: object baker, object acme, object seller, in oslo"), "{said}");
    }

    #[test]
    fn a_possessor_is_no_second_subject() {
        let said = links(
            "*Ada/NNP:6:nsubj 's/POS:1:case talks/NNS:6:nsubj with/IN:5:case *Bob/NNP:3:nmod ended/VBD:0:root",
        );
        assert!(said.contains("whose ada"), "{said}");
        assert!(!said.contains("ended: subject ada"), "{said}");
    }

    #[test]
    fn who_speaks_inside_is_not_who_acts() {
        let said = links(
            "*Ada/NNP:4:nsubj ,/,:1:punct *Bob/NNP:1:appos said/VBD:0:root ,/,:4:punct met/VBD:4:ccomp \
             *Cy/NNP:6:obj",
        );
        assert!(said.contains("said: subject bob"), "{said}");
        assert!(said.contains("met: subject ada, object cy"), "{said}");
    }

    #[test]
    fn behind_to_a_participle_is_none() {
        let said = links(
            "*Ada/NNP:2:nsubj went/VBD:0:root on/RB:2:advmod to/TO:5:mark found/VBN:2:advcl *Acme/NNP:5:obj",
        );
        assert!(said.contains("found: subject ada, object acme"), "{said}");
    }

    #[test]
    fn a_stray_noun_behind_a_verb_is_its_object_and_that_of_the_verb_before() {
        let said = links("*Ada/NNP:2:nsubj praised/VBD:0:root and/CC:4:cc met/VBD:2:conj *Bob/NNP:1:list");
        assert!(said.contains("praised: subject ada, object bob; met: subject ada, object bob"), "{said}");
    }
}
