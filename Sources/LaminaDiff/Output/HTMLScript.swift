internal import Lamina

/// The page's own script: it filters the resources and opens those that a link leads to.
enum HTMLScript {
  static let text = """
    (() => {
      const filter = document.getElementById("filter");
      const open = () => {
        const target = document.getElementById(location.hash.slice(1));
        if (target && target.tagName === "DETAILS") target.open = true;
      };
      addEventListener("hashchange", open);
      open();
      if (!filter) return;
      document.querySelector(".filter").hidden = false;
      const only = document.getElementById("only");
      const count = document.getElementById("count");
      const resources = [...document.querySelectorAll("details.resource")];
      const roots = [...document.querySelectorAll("section.root")];
      const texts = new Map(resources.map(item => [
        item,
        (item.closest("section").querySelector("h2").textContent + " " + item.textContent).toLowerCase()
      ]));
      const apply = () => {
        const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
        let shown = 0;
        for (const item of resources) {
          const fits = (!only.value || item.classList.contains(only.value))
            && words.every(word => texts.get(item).includes(word));
          item.hidden = !fits;
          if (fits) shown += 1;
        }
        const isOff = !only.value && words.length === 0;
        for (const root of roots) {
          root.hidden = !isOff && !root.querySelector("details.resource:not([hidden])");
        }
        count.textContent = isOff ? "" : `${shown} of ${resources.length} resources`;
      };
      filter.addEventListener("input", apply);
      only.addEventListener("change", apply);
      addEventListener("keydown", event => {
        if (event.key === "/" && document.activeElement !== filter) {
          event.preventDefault();
          filter.focus();
        }
      });
    })();

    """

  /// What the policy of the page lets run: the text between the tags, by its hash.
  static var hash: String {
    let script = Array("\n\(text)".utf8)
    var encoded: [UInt8] = []
    appendBase64(SHA256.hash(script.span).span, to: &encoded)
    return "sha256-\(String(decoding: encoded, as: UTF8.self))"
  }
}
