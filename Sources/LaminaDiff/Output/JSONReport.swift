internal import Lamina

/// The report for programs: one document, whose fields Docs/DIFF.md lists.
///
/// Fields may be added under the same version. Whatever else would break a reader makes a new one.
package struct JSONReport {
  private static let version = 1

  package static func bytes(of report: DiffReport) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", version)
      json.field("outcome", ManifestDiff.Outcome(report.outcome).rawValue)
      if let title = report.title { json.field("title", title) }
      json.field("summary") { $0.write(DiffSummary(report)) }
      let changes = SharedChanges(report)
      json.field("overview") { $0.write(ReportOverview(report, changes)) }
      if let files = report.unreadFiles {
        json.field("unreadFiles") { $0.array(of: files) { $0.string($1) } }
      }
      json.field("roots") { $0.array(of: report.roots) { $0.write($1) } }
      json.field("sharedChanges") { json in
        json.array(of: changes.groups.filter(\.isShared)) { json, group in
          json.array(of: group.members) { json, member in
            json.object { json in
              json.field("root", report.roots[member.root].name)
              json.field("resource", member.resource)
            }
          }
        }
      }
    }
    return json.output + "\n".utf8
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ summary: DiffSummary) {
    object { json in
      json.field("comparedRoots", summary.comparedRoots)
      json.field("differentRoots", summary.differentRoots)
      json.field("failedRoots", summary.failedRoots)
      json.field("changed", summary.changed)
      json.field("added", summary.added)
      json.field("removed", summary.removed)
      json.field("moved", summary.moved)
      json.field("rootsFailingAlike", summary.foldedRoots)
      json.field("repairedRoots", summary.repairedRoots)
    }
  }

  fileprivate mutating func write(_ overview: ReportOverview) {
    object { json in
      json.field("dangers") { json in
        json.array(of: overview.dangers) { json, danger in
          json.object { json in
            json.field("kind", danger.kind.rawValue)
            json.field("resource", danger.title)
            json.field("message", danger.message)
            json.field("roots") { $0.array(of: danger.roots) { $0.string($1) } }
          }
        }
      }
      json.field("images") { json in
        json.array(of: overview.images) { json, image in
          json.object { json in
            json.field("old", image.old)
            json.field("new", image.new)
            json.field("roots") { $0.array(of: image.roots) { $0.string($1) } }
          }
        }
      }
      json.field("objects") { json in
        json.array(of: overview.objects) { json, item in
          json.object { json in
            json.field("change", item.kind.rawValue)
            json.field("resource", item.title)
            json.field("roots") { $0.array(of: item.roots) { $0.string($1) } }
          }
        }
      }
    }
  }

  fileprivate mutating func write(_ root: RootDiff) {
    object { json in
      json.field("name", root.name)
      if let name = root.formerName { json.field("formerName", name) }
      if let isAffected = root.isAffected { json.field("affected", isAffected) }
      if let kind = root.failureKind { json.field("failure", kind.rawValue) }
      json.field("old") { $0.write(root.old) }
      json.field("new") { $0.write(root.new) }
      json.field("unchanged", root.unchangedCount)
      json.field("reordered", root.isReordered)
      json.field("hidden") { $0.write(root.hidden) }
      json.field("resources") { $0.array(of: root.resources) { $0.write($1) } }
    }
  }

  private mutating func write(_ side: DiffSide) {
    object { json in
      json.field("label", side.label)
      switch side.state {
      case .rendered: json.field("state", "rendered")
      case .absent: json.field("state", "absent")
      case .failed(let failure):
        json.field("state", "failed")
        json.field("error") { $0.write(failure) }
      }
    }
  }

  private mutating func write(_ failure: Diagnostic) {
    object { json in
      json.field("code", failure.code)
      json.field("message", failure.message)
      if let location = failure.location {
        json.field("location") { $0.write(location) }
      } else if let file = failure.file {
        json.field("location") { $0.object { $0.field("file", file) } }
      }
      json.field("text", failure.description)
    }
  }

  private mutating func write(_ hidden: HiddenChanges) {
    object { json in
      json.field("ignored") { json in
        json.array(of: hidden.ignored) { json, rule in
          json.object { json in
            json.field("rule", rule.rule)
            json.field("count", rule.count)
          }
        }
      }
      json.field("followedNames", hidden.followedNames)
      json.field("layoutOnly", hidden.layoutOnly)
    }
  }

  // MARK: - Resources

  private mutating func write(_ resource: ResourceDiff) {
    object { json in
      json.field("change", resource.kind.rawValue)
      if let match = resource.match {
        json.field("match", match.word)
        if case .similarity(let percent) = match { json.field("similarity", percent) }
      }
      if let root = resource.movedTo { json.field("movedTo", root) }
      if let root = resource.movedFrom { json.field("movedFrom", root) }
      let isWhole = resource.kind != .changed
      if let old = resource.old { json.field("old") { $0.write(old, isWhole: isWhole) } }
      if let new = resource.new { json.field("new") { $0.write(new, isWhole: isWhole) } }
      json.field("consequences") { json in
        json.array(of: resource.consequences) { json, consequence in
          json.object { json in
            json.field("kind", consequence.kind.rawValue)
            json.field("message", consequence.message)
          }
        }
      }
      json.field("changes") { $0.array(of: resource.changes) { $0.write($1) } }
    }
  }

  /// - Parameter isWhole: also says what is in the resource.
  private mutating func write(_ resource: ManifestResource, isWhole: Bool) {
    object { json in
      json.field("group", resource.id.group)
      json.field("version", resource.id.version)
      json.field("kind", resource.id.kind)
      json.field("namespace", resource.id.namespace)
      json.field("name", resource.id.name)
      if let origin = resource.origin { json.field("origin") { $0.write(origin) } }
      if isWhole, let value = resource.value { json.field("manifest") { $0.write(value) } }
    }
  }

  private mutating func write(_ location: Diagnostic.Location) {
    object { json in
      json.field("file", location.file)
      json.field("line", location.line)
      json.field("column", location.column)
    }
  }

  // MARK: - Fields

  private mutating func write(_ change: FieldChange) {
    object { json in
      json.field("path", change.path.description)
      json.field("steps") { $0.array(of: change.path.steps) { $0.write($1) } }
      json.field("change", change.kind.word)
      switch change.kind {
      case .added(let new): json.write(old: nil, new: new)
      case .removed(let old): json.write(old: old, new: nil)
      case .changed(let old, let new): json.write(old: old, new: new)
      case .text(let diff): json.write(diff)
      case .reordered(let old, let new):
        json.field("old") { $0.array(of: old) { $0.string($1) } }
        json.field("new") { $0.array(of: new) { $0.string($1) } }
      }
      if let origin = change.oldOrigin { json.field("oldOrigin") { $0.write(origin) } }
      if let origin = change.newOrigin { json.field("newOrigin") { $0.write(origin) } }
    }
  }

  private mutating func write(old: ManifestValue?, new: ManifestValue?) {
    if let old { field("old") { $0.write(old) } }
    if let new { field("new") { $0.write(new) } }
    if old?.holdsSecret == true || new?.holdsSecret == true { field("masked", true) }
  }

  private mutating func write(_ diff: LineDiff) {
    field("laidOut", diff.isLaidOut)
    field("lastLineFeedChanged", diff.changesLastLineFeed)
    field("hunks") { json in
      json.array(of: diff.hunks) { json, hunk in
        json.object { json in
          json.field("oldStart", hunk.oldStart)
          json.field("oldCount", hunk.oldCount)
          json.field("newStart", hunk.newStart)
          json.field("newCount", hunk.newCount)
          json.field("lines") { $0.array(of: hunk.lines) { $0.string($1.marked) } }
        }
      }
    }
  }

  /// A key as a string, a place as a number, merge keys as an object.
  private mutating func write(_ step: ChangedPath.Step) {
    switch step {
    case .key(let key): string(key)
    case .index(let index): raw("\(index)")
    case .element(let keys):
      object { json in for key in keys { json.field(key.key, key.value) } }
    }
  }

  private mutating func write(_ value: ManifestValue) {
    switch value {
    case .null: raw("null")
    case .bool(let isTrue): raw(isTrue ? "true" : "false")
    // YAML knows numbers that JSON does not, such as `.inf`.
    case .number(let text): if JSONNumber.isValid(text) { raw(text) } else { string(text) }
    case .string(let text): string(text)
    case .secret(let count): string(ManifestValue.words(forSecretOf: count))
    case .list(let elements): array(of: elements) { $0.write($1) }
    case .mapping(let entries):
      object { json in for entry in entries { json.field(entry.key) { $0.write(entry.value) } } }
    }
  }
}

extension ResourceDiff.Match {
  fileprivate var word: String {
    switch self {
    case .id: "id"
    case .contentHash: "content-hash"
    case .apiVersion: "api-version"
    case .namespace: "namespace"
    case .similarity: "similarity"
    }
  }
}

extension FieldChange.Kind {
  fileprivate var word: String {
    switch self {
    case .added: "added"
    case .removed: "removed"
    case .changed: "changed"
    case .text: "text"
    case .reordered: "reordered"
    }
  }
}

extension LineDiff.Line {
  /// With the mark of `diff -u` before it.
  fileprivate var marked: String {
    switch self {
    case .kept(let text): " \(text)"
    case .removed(let text): "-\(text)"
    case .added(let text): "+\(text)"
    }
  }
}
