//! How far a long piece of work is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// Shows on a terminal that work goes on, and how far it is where the length is known; nothing in a pipe.
pub(crate) fn progress(doing: &'static str, length: Option<u64>) -> ProgressBar {
    let target =
        if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(length, target).with_message(doing);
    let template =
        if length.is_some() { "{spinner} {msg} {wide_bar} {pos}/{len} {eta}" } else { "{spinner} {msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
