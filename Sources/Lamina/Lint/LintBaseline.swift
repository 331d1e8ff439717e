/// Findings that a project lives with for now: how many of each rule in each file and object.
///
/// Lines are not kept, so that a file may change above what is known, nor are the names that prefixes, suffixes and
/// hashes make. The file is JSON:
///
///     {"version": 1, "findings": [{"rule": "duplicate-env", "file": "base/web.yaml", "object": "Deployment/web", "count": 1}]}
package struct LintBaseline: Sendable, Equatable {
  /// What findings of one count have in common.
  package struct Subject: Sendable, Hashable {
    package let rule: String
    /// The path of the file from the project's directory; empty where a finding has none.
    @ByteText package private(set) var file: String
    /// `Kind/name`, by the name that the file gives it; empty where a finding is about no resource.
    @ByteText package private(set) var object: String

    package init(rule: String, file: String, object: String) {
      self.rule = rule
      self.file = file
      self.object = object
    }
  }

  private static let version = 1

  package private(set) var counts: [Subject: Int] = [:]

  package init() {}

  /// Counts findings.
  package init(_ subjects: some Sequence<Subject>) {
    for subject in subjects { counts[subject, default: 0] += 1 }
  }

  /// Reads a file.
  ///
  /// - Parameter path: what messages call it.
  package init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: path, bytes: bytes)
    do {
      guard let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      else { return }
      try read(root, FieldDecoder(tree: tree, sources: sources))
    } catch { throw Diagnostic(error, in: sources) }
  }

  private mutating func read(_ root: NodeID, _ decoder: FieldDecoder) throws(Problem) {
    try decoder.fields(of: root, as: "baseline") { (field: BaselineField, value) throws(Problem) in
      switch field {
      case .version:
        let version = try decoder.integer(value, for: "version")
        guard version == Self.version else {
          throw .unknownBaselineVersion(version, at: decoder.tree.position(value))
        }
      case .findings:
        try decoder.eachItem(of: value, for: "findings") { (item) throws(Problem) in
          try readCount(item, decoder)
        }
      }
    }
  }

  private mutating func readCount(_ node: NodeID, _ decoder: FieldDecoder) throws(Problem) {
    var (rule, file, object, count) = ("", "", "", Int64(1))
    try decoder.fields(of: node, as: "findings") {
      (field: BaselineFindingField, value) throws(Problem) in
      let name = "findings.\(field.rawValue)"
      switch field {
      case .rule: rule = try decoder.string(value, for: name)
      case .file: file = try decoder.string(value, for: name)
      case .object: object = try decoder.string(value, for: name)
      case .count: count = try decoder.integer(value, for: name)
      }
    }
    let subject = Subject(rule: rule, file: file, object: object)
    counts[subject, default: 0] += Int(clamping: max(count, 0))
  }

  /// The file that holds these counts, in a stable order.
  package var bytes: [UInt8] {
    var json = JSONWriter()
    let sorted = counts.sorted { a, b in
      (a.key.file, a.key.rule, a.key.object) < (b.key.file, b.key.rule, b.key.object)
    }
    json.object { json in
      json.field("version", Self.version)
      json.field("findings") { json in
        json.array(of: sorted) { json, entry in
          json.object { json in
            json.field("rule", entry.key.rule)
            json.field("file", entry.key.file)
            if !entry.key.object.isEmpty { json.field("object", entry.key.object) }
            json.field("count", entry.value)
          }
        }
      }
    }
    return json.output + [UInt8(ascii: "\n")]
  }

  /// Takes one finding off the counts; false where none of its subject is left.
  package mutating func take(_ subject: Subject) -> Bool {
    guard let count = counts[subject], count > 0 else { return false }
    counts[subject] = count > 1 ? count - 1 : nil
    return true
  }

  /// The counts as far as they are also in what a run finds: what is gone is left out, and nothing is added.
  ///
  /// - Parameter isCovered: whether the run would have found what is counted; other counts stay.
  package func limited(
    to found: LintBaseline, where isCovered: (Subject) -> Bool
  ) -> LintBaseline {
    var result = LintBaseline()
    for (subject, count) in counts {
      let least = isCovered(subject) ? min(count, found.counts[subject] ?? 0) : count
      if least > 0 { result.counts[subject] = least }
    }
    return result
  }

  /// The counts with those of another one that have no count here and are not covered by what was counted here.
  package func adding(
    _ other: LintBaseline, where isCovered: (Subject) -> Bool
  ) -> LintBaseline {
    var result = self
    for (subject, count) in other.counts where counts[subject] == nil && !isCovered(subject) {
      result.counts[subject] = count
    }
    return result
  }

  /// The number of findings.
  package var total: Int { counts.values.reduce(0, +) }
}

extension Problem {
  fileprivate static func unknownBaselineVersion(
    _ version: Int64, at position: Position
  ) -> Problem {
    Problem(
      .unknownBaselineVersion, "version \(version) of a baseline is not known to this program",
      at: position)
  }
}
