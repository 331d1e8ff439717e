/// How the page looks: light or dark as the reader has it, and on paper.
enum HTMLStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #fff; --line: #d8dce3; --text: #1c2330; --soft: #5c6779;
      --added: #0b6b2f; --added-back: #e3f6e8; --removed: #a8201a; --removed-back: #fdeaea;
      --changed: #7a5200; --changed-back: #fdf3d8; --link: #0b57c2; --shade: #f0f2f5;
      --failure: #7b2cbf; --failure-back: #f5ebfc;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #12151b; --card: #1a1f27; --line: #323a47; --text: #e3e7ee; --soft: #9aa6b8;
        --added: #6fd68d; --added-back: #12301d; --removed: #ff938a; --removed-back: #3c1a1b;
        --changed: #eec264; --changed-back: #372b11; --link: #7db4ff; --shade: #232a34;
        --failure: #cf9bf0; --failure-back: #2d1b3a;
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
      background: var(--card);
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
    .badge.severe { color: var(--removed); background: var(--removed-back); }
    .alert {
      margin: 1rem 0; padding: 0.5rem 1rem; border: 1px solid var(--line); border-left-width: 6px;
      border-radius: 0.5rem; background: var(--card);
    }
    .alert h2 { margin: 0.25rem 0; font-size: 1.05rem; }
    .alert ul, .objects ul, .folded { margin: 0.25rem 0; }
    .alert li { overflow-wrap: anywhere; }
    .alert.severe { border-color: var(--removed); background: var(--removed-back); }
    .alert.failure { border-color: var(--failure); background: var(--failure-back); }
    .alert.notice-box { border-color: var(--changed); background: var(--changed-back); }
    .alert pre > span, .folded pre > span {
      white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0;
    }
    .objects { margin: 1rem 0; }
    tr.failure > td { background: var(--failure-back); }
    .objects summary, .folded summary { padding-left: 0; }
    details.roots { display: inline-block; vertical-align: top; }
    details.roots > summary { padding: 0; border: 0; background: none; }
    .toolbar {
      position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem;
      justify-content: space-between; margin: 1.5rem -0.5rem 0; padding: 0.5rem;
      border-bottom: 1px solid var(--line); background: var(--page); font-size: 0.875rem;
    }
    .toolbar .filter:not([hidden]) {
      display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: baseline;
    }
    .toolbar input[type="search"], .toolbar select {
      font: inherit; padding: 0.2rem 0.5rem; color: inherit; background: var(--card);
      border: 1px solid var(--line); border-radius: 0.35rem;
    }
    .toolbar input[type="search"] { width: min(16rem, 60vw); }
    details.resource, section.root { scroll-margin-top: 4rem; }
    details.resource.severe { border-left: 4px solid var(--removed); }
    b { font-weight: 700; text-decoration: underline; text-underline-offset: 0.15em; }
    pre {
      margin: 0; padding: 0.2rem 0; overflow-x: auto; tab-size: 4;
    }
    .alert pre, .folded pre, .lines {
      margin: 0.35rem 0 0; border: 1px solid var(--line); border-radius: 0.35rem;
      background: var(--card); overflow-x: auto;
    }
    .lines > pre, .lines .pair > pre { overflow-x: visible; padding: 0; }
    .pair.same > .new { display: none; }
    body:has(#view-split:checked) .lines:not(.whole) > .pair {
      display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    body:has(#view-split:checked) .lines:not(.whole) > .pair > pre { display: block; }
    body:has(#view-split:checked) .lines:not(.whole) > .pair > .new {
      border-left: 1px solid var(--line);
    }
    body:has(#view-split:checked) .lines:not(.whole) > .pair > pre > span {
      white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0;
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
      .toolbar { display: none; }
      details::details-content { content-visibility: visible; height: auto; }
      summary { break-after: avoid; list-style: none; }
      h2, .field { break-after: avoid; }
      pre { overflow: visible; }
      pre > span { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
    }

    """
}
