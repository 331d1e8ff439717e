internal import LaminaDiff

/// How the pages look, light or dark as the reader has it, and what their script does.
enum PageStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #fff; --line: #d8dce3; --text: #1c2330; --soft: #566074;
      --link: #0b57c2; --shade: #eef1f5; --mark: #7a5200; --gone: #a8201a;
      --c0: #2f6fd0; --c1: #b8590a; --c2: #2e7d4f; --c3: #8a3fb0; --c4: #b0305c; --c5: #0f7a8a;
      --c6: #6b6a12; --c7: #5b5f6b;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #12151b; --card: #1a1f27; --line: #323a47; --text: #e3e7ee; --soft: #9fabbc;
        --link: #7db4ff; --shade: #232a34; --mark: #eec264; --gone: #ff938a;
        --c0: #7db4ff; --c1: #f0a35e; --c2: #6fd68d; --c3: #cf9bf0; --c4: #ff8fb3; --c5: #63cfe0;
        --c6: #cfcb5f; --c7: #a3a9b8;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--page); color: var(--text);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    }
    header, .layers { padding: 1rem 1.25rem 0; }
    h1 { margin: 0; font-size: 1.4rem; overflow-wrap: anywhere; }
    h2 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
    p { margin: 0.25rem 0; }
    a { color: var(--link); }
    .soft { color: var(--soft); font-size: 0.875rem; overflow-wrap: anywhere; }
    .tools { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin-top: 0.5rem; }
    input[type=search] {
      flex: 1 1 14rem; max-width: 30rem; padding: 0.4rem 0.6rem; font: inherit; color: inherit;
      background: var(--card); border: 1px solid var(--line); border-radius: 0.35rem;
    }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
    .scroll { overflow-x: auto; }
    .layers svg { display: block; font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    .layers rect { fill: var(--card); stroke-width: 2; }
    .layers text { fill: var(--text); }
    .layers .count { fill: var(--soft); }
    .layers path { fill: none; stroke: var(--soft); stroke-width: 1.5; }
    .columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 1.25rem; padding: 1rem 1.25rem 3rem; }
    nav { position: sticky; top: 0.75rem; align-self: start; max-height: calc(100vh - 1.5rem); overflow-y: auto; }
    nav ol, .roots { margin: 0; padding: 0; list-style: none; }
    nav a, .roots a { display: block; padding: 0.2rem 0.5rem; border-radius: 0.3rem; text-decoration: none; overflow-wrap: anywhere; }
    nav a:hover, .roots a:hover, nav a.here { background: var(--shade); }
    nav .kind { color: var(--soft); font-size: 0.8125rem; display: block; line-height: 1.2; }
    .roots { padding: 1rem 1.25rem 3rem; }
    .roots a { padding: 0.5rem 0.75rem; margin-bottom: 0.5rem; background: var(--card); border: 1px solid var(--line); }
    article { margin-bottom: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
    article > div { padding: 0.6rem 0.9rem; }
    article > details > summary { padding: 0.3rem 0.9rem; cursor: pointer; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
    .yaml { overflow-x: auto; padding: 0.4rem 0; font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    .grid { display: table; min-width: 100%; }
    .l { display: table-row; }
    .l:hover { background: var(--shade); }
    .l > * { display: table-cell; vertical-align: top; padding: 0 0.9rem; }
    .l code { font: inherit; white-space: pre; }
    .l.w code { font-weight: 600; }
    .o { color: var(--soft); white-space: nowrap; border-left: 3px solid var(--c, transparent); }
    .o .deed { color: var(--mark); }
    .o .soft { font-size: inherit; }
    .o summary { cursor: pointer; }
    .o ol { margin: 0; padding: 0 0 0.25rem 1.4rem; }
    .k0 { --c: var(--c0); } .k1 { --c: var(--c1); } .k2 { --c: var(--c2); } .k3 { --c: var(--c3); }
    .k4 { --c: var(--c4); } .k5 { --c: var(--c5); } .k6 { --c: var(--c6); } .k7 { --c: var(--c7); }
    .layers rect { stroke: var(--c, var(--line)); }
    .gone { color: var(--gone); }
    ul.removed { margin: 0; padding: 0.5rem 0.9rem 0.7rem 2rem; font-size: 0.875rem; overflow-wrap: anywhere; }
    body:has(#only:checked) .l:not(.w) { display: none; }
    [hidden] { display: none !important; }
    @media (max-width: 50rem) {
      .columns { display: block; padding: 0.75rem; }
      nav { position: static; max-height: 16rem; margin-bottom: 1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); }
      header, .layers { padding: 0.75rem 0.75rem 0; }
      .grid, .l, .l > * { display: block; }
      .l > code { overflow-x: auto; }
      .o { white-space: normal; overflow-wrap: anywhere; margin: 0 0 0.3rem 0.9rem; padding: 0 0.5rem; font-size: 0.75rem; }
    }
    @media print { nav, .tools { display: none; } .columns { display: block; } }

    """

  /// Filters the list, and shows what a link leads to. Without it the pages can be read all the same.
  static let script = """
    (function () {
      var box = document.getElementById('q'), count = document.getElementById('n');
      var items = Array.prototype.slice.call(document.querySelectorAll('[data-s]'));
      function filter() {
        var words = box.value.toLowerCase().split(/\\s+/).filter(Boolean), shown = 0;
        items.forEach(function (item) {
          var text = item.getAttribute('data-s');
          var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
          item.hidden = !fits;
          if (fits && item.localName === 'li') shown += 1;
        });
        count.textContent = words.length ? shown + ' shown' : '';
      }
      function open() {
        var target = location.hash && document.getElementById(location.hash.slice(1));
        if (!target) return;
        target.hidden = false;
        var details = target.querySelector('details');
        if (details) details.open = true;
        target.scrollIntoView();
        items.forEach(function (item) {
          var link = item.querySelector('a');
          if (item.localName === 'li' && link)
            link.classList.toggle('here', link.getAttribute('href') === location.hash);
        });
      }
      box.hidden = false;
      box.addEventListener('input', filter);
      window.addEventListener('hashchange', open);
      document.addEventListener('keydown', function (event) {
        var isTyping = document.activeElement === box;
        if (event.key === '/' && !isTyping) { box.focus(); event.preventDefault(); }
        if (event.key === 'Escape' && isTyping) { box.value = ''; filter(); box.blur(); }
        if (event.key === 'Enter' && isTyping) {
          var first = items.filter(function (i) { return i.localName === 'li' && !i.hidden; })[0];
          if (first) first.querySelector('a').click();
        }
        if ((event.key === 'j' || event.key === 'k') && !isTyping) {
          var links = items.filter(function (i) { return i.localName === 'li' && !i.hidden; })
            .map(function (i) { return i.querySelector('a'); });
          var here = links.findIndex(function (l) { return l.classList.contains('here'); });
          var next = links[Math.max(0, here + (event.key === 'j' ? 1 : -1))];
          if (next) next.click();
        }
      });
      filter();
      open();
    })();

    """

  /// The top of a page, up to its body.
  static func head(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(sheet)</style>
    </head>

    """
  }

  /// The search box, which needs the script.
  static func search(_ label: String) -> String {
    """
    <input type="search" id="q" hidden autocomplete="off" placeholder="\(label) (press /)" \
    aria-label="\(label)"><span class="soft" id="n" role="status"></span>

    """
  }

  static let end = "<script>\n\(script)</script>\n</body>\n</html>\n"
}
