//! What wrong answers have in common, as a nested list.

use greenlight_format as format;
use greenlight_readiness::examination::ErrorTree;
use greenlight_readiness::segment_words::{TreeNode, TreeWords};
use yew::prelude::*;

pub fn tree(tree: &ErrorTree) -> Html {
    // Nothing to explain.
    if tree.all.errors == 0 {
        return Html::default();
    }
    let words = TreeWords::of(tree);
    html! {
        <>
            <h2>{ "What wrong answers have in common" }</h2>
            <p>{ &words.finding }{ "." }</p>
            if !words.root.branches.is_empty() {
                <div class="error-tree" data-testid="error-tree">
                    { line(&words.root) }
                    { branches(&words.root.branches) }
                </div>
            }
            <p class="aside">{ &words.remark }</p>
        </>
    }
}

fn branches(nodes: &[TreeNode]) -> Html {
    html! {
        <ul>
            { for nodes.iter().enumerate().map(|(index, node)| html! {
                <li key={index}>
                    { line(node) }
                    if !node.branches.is_empty() {
                        { branches(&node.branches) }
                    }
                </li>
            }) }
        </ul>
    }
}

fn line(node: &TreeNode) -> Html {
    let rows = format!("of {} rows", format::count(node.rows));
    let is_leaf = node.branches.is_empty();
    html! {
        <div class={classes!("node", is_leaf.then_some("leaf"))}>
            <span class="said" dir="auto">{ &node.answer }</span>
            if let Some(wrong) = &node.wrong {
                <span class="share" title={format::exact(wrong.value)}>
                    <strong>{ format!("{} wrong", format::percent(wrong.value)) }</strong>
                    { " " }
                    { rows }
                </span>
                <meter min="0" max="1" value={wrong.value.to_string()} aria-hidden="true" />
                <span class="aside">
                    if let (Some(share), true) = (node.share_of_errors, is_leaf) {
                        { format!("{} of all errors", format::percent(share)) }
                    }
                </span>
            } else {
                <span class="share">{ rows }</span>
            }
        </div>
    }
}
