//! Sets and maps in which every word of every article is looked up, hundreds of times over.
//!
//! The standard library's hash guards against keys that somebody chose to collide; the keys here come from rules and word
//! lists, and foldhash takes a tenth off the time of a whole run. Its seed is fixed, and no order of these is ever shown.

use foldhash::fast::FixedState;

/// A set of words.
pub(crate) type HashSet<T> = std::collections::HashSet<T, FixedState>;
/// A map from words.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;
