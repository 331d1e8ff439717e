import Lamina

/// The results of a check for a person.
enum GoldenReport {
  static func text(of results: [GoldenResult]) -> String {
    var text = ""
    for result in results {
      guard let headline = result.headline.map(MessageLine.shown) else { continue }
      text += "\(headline)\n"
      if !result.details.isEmpty { text += "\n\(result.details)\n\n" }
    }
    let bad = results.count { $0.status > 0 }
    if bad == 0 {
      return results.count == 1
        ? "1 golden file is as rendered\n" : "\(results.count) golden files are as rendered\n"
    }
    return text
      + "\(bad) of \(results.count) golden files are out of date; run `render golden update`\n"
  }
}

extension GoldenResult {
  /// One line; nil where nothing is wrong.
  var headline: String? {
    switch kind {
    case .same: nil
    case .different(let files, _): "\(name): differs from \(files.joined(separator: ", "))"
    case .missing(let file): "\(name): there is no golden file \(file)"
    case .withoutRoot(let key): "\(name): there is no root \(key)"
    case .failed: "\(name): does not render"
    case .unreadable(let file, let reason): "\(name): cannot read \(file): \(reason)"
    }
  }

  /// More lines.
  var details: String {
    switch kind {
    case .different(_, let explanation): explanation
    case .failed(let words): words
    default: ""
    }
  }
}
