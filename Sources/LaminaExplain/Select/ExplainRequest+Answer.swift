package import Lamina

extension ExplainRequest {
  /// What there is to say of one root.
  package struct Answer: Sendable {
    /// Nil where there is nothing to say, and where pages are wanted.
    package fileprivate(set) var explanation: Explanation?
    package fileprivate(set) var page: ExplainedPage?
    /// What is not there, and perhaps what was meant.
    package fileprivate(set) var missing: [ByteText: String?] = [:]
    package fileprivate(set) var found: Set<ByteText> = []
  }

  /// Looks for what is asked of a root.
  ///
  /// - Parameter isDirectory: whether a word that leads nowhere is a directory, which is said then.
  package func answer(
    _ explainer: Explainer, isDirectory: (String) -> Bool = { _ in false }
  ) -> Answer {
    var answer = Answer()
    guard let (choice, paths) = try? read(for: explainer) else {
      for word in words where ObjectQuery(word) == nil && FieldQuery(word) == nil {
        answer.missing[word] = "it is neither an object nor the path of a field"
      }
      return answer
    }
    let chosen = choice.find(in: explainer)
    for missing in chosen.missing {
      answer.missing[missing.text] = missing.hint
    }
    answer.found = Set(texts: choice.queries.map(\.text) + choice.kinds)
      .subtracting(chosen.missing.map { ByteText($0.text) })
    if format == .html {
      answer.page = ExplainedPage(explainer, chosen.indices)
      return answer
    }
    var objects: [ExplainedObject] = []
    var lines: ObjectLines?
    if paths.isEmpty {
      // A person reads whole objects line by line, and a program field by field.
      if isDeep, format == .text {
        var all = ObjectLines(explainer)
        objects = chosen.indices.map { all.object(at: $0, of: explainer) }
        lines = all
      } else {
        objects = chosen.indices.map { explainer.object(at: $0, isDeep ? .whole : .changed) }
      }
    }
    for path in paths {
      let found = chosen.indices.map { explainer.object(at: $0, .fields(path)) }
        .filter { !$0.fields.isEmpty || !$0.removed.isEmpty }
      if !found.isEmpty { answer.found.insert(path.text) }
      if found.isEmpty, !chosen.indices.isEmpty {
        answer.missing[path.text] = Self.hint(for: path, chosen, explainer, isDirectory)
      }
      objects = Self.merged(objects, found)
    }
    if !objects.isEmpty || !chosen.deleted.isEmpty {
      answer.explanation = Explanation(
        root: explainer.root, objects: objects, deleted: chosen.deleted, lines: lines)
    }
    return answer
  }

  /// What was meant by a path that leads nowhere. It may be an object without its kind, a kind, or a directory.
  private static func hint(
    for path: FieldQuery, _ chosen: ObjectChoice.Outcome, _ explainer: Explainer,
    _ isDirectory: (String) -> Bool
  ) -> String? {
    if let object = ObjectChoice.object(named: path.text, in: explainer) {
      return "did you mean \"\(object)\"?"
    }
    if let kind = KindNames(explainer.resources, explainer.identities).kind(path.text) {
      return "write \(path.text)/NAME, or --kind \(kind)"
    }
    if isDirectory(path.text) {
      return "one directory is explained; --all TREE takes all below a directory"
    }
    return Suggestion.hint(
      for: path.text, among: chosen.indices.flatMap { explainer.paths(of: $0) })
  }

  /// The fields of several paths under one object each.
  private static func merged(
    _ objects: [ExplainedObject], _ more: [ExplainedObject]
  ) -> [ExplainedObject] {
    var objects = objects
    for object in more {
      guard let place = objects.firstIndex(where: { $0.index == object.index }) else {
        objects.append(object)
        continue
      }
      objects[place].fields += object.fields
      objects[place].removed += object.removed
    }
    return objects.sorted { $0.index < $1.index }
  }
}
