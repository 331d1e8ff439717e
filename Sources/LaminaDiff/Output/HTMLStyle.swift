/// How the page looks: light or dark as the reader has it, and on paper.
enum HTMLStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #fff; --line: #d8dce3; --text: #1c2330; --soft: #5c6779;
      --added: #0b6b2f; --added-back: #e3f6e8; --removed: #a8201a; --removed-back: #fdeaea;
      --changed: #7a5200; --changed-back: #fdf3d8; --link: #0b57c2; --shade: #f0f2f5;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #12151b; --card: #1a1f27; --line: #323a47; --text: #e3e7ee; --soft: #9aa6b8;
        --added: #6fd68d; --added-back: #12301d; --removed: #ff938a; --removed-back: #3c1a1b;
        --changed: #eec264; --changed-back: #372b11; --link: #7db4ff; --shade: #232a34;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 70rem; background: var(--page);
      color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    }
    code, pre, .mono { font: 0.875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    h1 { margin: 0 0 0.25rem; font-size: 1.5rem; line-height: 1.25; }
    h2 { margin: 2.5rem 0 0.25rem; font-size: 1.2rem; overflow-wrap: anywhere; }
    h2 code { font-size: inherit; font-weight: 600; }
    p { margin: 0.25rem 0; }
    a { color: var(--link); }
    .soft { color: var(--soft); font-size: 0.875rem; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; margin: 1.25rem 0; }
    table { border-collapse: collapse; min-width: 100%; background: var(--card); }
    th, td { padding: 0.4rem 0.75rem; border: 1px solid var(--line); text-align: left; }
    th { background: var(--shade); font-size: 0.875rem; font-weight: 600; }
    td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
    details.resource {
      margin: 0.75rem 0; border: 1px solid var(--line); border-radius: 0.5rem;
      background: var(--card); overflow: hidden;
    }
    summary { padding: 0.5rem 0.75rem; cursor: pointer; overflow-wrap: anywhere; }
    details[open] > summary { border-bottom: 1px solid var(--line); background: var(--shade); }
    summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
    summary .name { font-weight: 600; }
    .mark { font-family: ui-monospace, monospace; font-weight: 700; }
    .added > summary .mark, .mark.added { color: var(--added); }
    .removed > summary .mark, .mark.removed { color: var(--removed); }
    .changed > summary .mark, .mark.changed { color: var(--changed); }
    .badge {
      display: inline-block; padding: 0 0.5rem; border-radius: 1rem; font-size: 0.8125rem;
      color: var(--changed); background: var(--changed-back); border: 1px solid currentColor;
    }
    .body { padding: 0.25rem 0.75rem 0.75rem; }
    .notice {
      margin: 0.5rem 0; padding: 0.35rem 0.75rem; border-left: 4px solid var(--changed);
      background: var(--changed-back); overflow-wrap: anywhere;
    }
    .notice.severe { border-color: var(--removed); background: var(--removed-back); font-weight: 600; }
    .field { margin: 0.6rem 0 0; overflow-wrap: anywhere; }
    .path { font-weight: 600; }
    del, ins { text-decoration: none; padding: 0.05rem 0.25rem; border-radius: 0.2rem; }
    del { color: var(--removed); background: var(--removed-back); }
    ins { color: var(--added); background: var(--added-back); }
    pre {
      margin: 0.35rem 0 0; padding: 0.4rem 0; overflow-x: auto; border: 1px solid var(--line);
      border-radius: 0.35rem; tab-size: 4;
    }
    pre > span { display: block; min-width: max-content; padding: 0 0.6rem; white-space: pre; }
    pre > .removed { color: var(--removed); background: var(--removed-back); }
    pre > .added { color: var(--added); background: var(--added-back); }
    pre > .hunk, pre > .note { color: var(--soft); }
    ul.hidden { margin: 0.75rem 0; padding-left: 1.25rem; }
    @media print {
      :root {
        --page: #fff; --card: #fff; --line: #bbb; --text: #000; --soft: #444; --added: #064d20;
        --added-back: #e9f7ed; --removed: #8a130e; --removed-back: #fdeeee; --changed: #5c3e00;
        --changed-back: #fdf6e3; --shade: #f3f3f3;
      }
      body { padding: 0; max-width: none; font-size: 10pt; }
      details.resource { overflow: visible; }
      details::details-content { content-visibility: visible; height: auto; }
      summary { break-after: avoid; list-style: none; }
      h2, .field { break-after: avoid; }
      pre { overflow: visible; }
      pre > span { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
    }

    """
}
