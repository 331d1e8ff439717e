public import Lamina

/// What differs between two renderings, or between two streams of manifests.
///
///     let diff = try ManifestDiff(from: .rendering(before), to: .rendering(after))
///     for object in diff.roots.flatMap(\.objects) {
///       print(object.kind, object.id)
///       for field in object.fields { print("  \(FieldStep.text(of: field.path))") }
///     }
///     print(String(decoding: diff.bytes(as: .markdown), as: UTF8.self))
///
/// Objects that belong together are found by their ids, also where a content hash, an API version, a namespace or
/// a name has changed. Secrets are masked as they are read, unless the options say otherwise: neither the values
/// nor any of the formats hold them.
public struct ManifestDiff: Sendable {
  /// What a report calls one of the two sides, and has of it.
  public enum Side: Sendable {
    /// What a directory renders to.
    case rendering(Rendering)
    /// A stream of YAML or JSON: what was rendered before, by this library or another program. Several objects may
    /// have one id. The name is what messages and the report call it.
    case manifests([UInt8], name: String)
    /// It does not render, which is another thing than no objects.
    case failure(Diagnostic)
    /// There is no such root on this side: it is new, or it was removed.
    case absent
  }

  /// The two sides of one root.
  public struct Pair: Sendable {
    /// The root in the user's words, such as `overlays/prod`.
    public var name: String
    /// What was there before.
    public var old: Side
    /// What is there now.
    public var new: Side

    /// Pairs two sides.
    public init(_ name: String, from old: Side, to new: Side) {
      self.name = name
      self.old = old
      self.new = new
    }
  }

  /// What is compared, and how it is told.
  public struct Options: Sendable {
    /// Changes that are not reported; their number is.
    public var ignored: [IgnoreRule] = []
    /// Secrets are shown as they are.
    public var showsSecrets = false
    /// How many lines of a text, and of the unified format, are shown around those that differ.
    public var contextLines = DiffReport.usualContext
    /// The heading of the report; nil for the usual one.
    public var title: String?
    /// What the report calls the old sides that have no name of their own.
    public var oldLabel = "old"
    /// What the report calls the new sides that have no name of their own.
    public var newLabel = "new"

    /// The usual options: secrets are masked, nothing is ignored.
    public init() {}
  }

  private let report: DiffReport

  /// Compares the two sides of one root.
  ///
  /// - Parameters:
  ///   - old: what was there before.
  ///   - new: what is there now.
  ///   - name: the root in the user's words.
  ///   - options: what is compared, and how it is told.
  /// - Throws: a `Diagnostic` with the place in a stream that is no stream of objects.
  public init(
    from old: Side, to new: Side, name: String = "manifests", options: Options = Options()
  ) throws(Diagnostic) {
    try self.init([Pair(name, from: old, to: new)], options: options)
  }

  /// Compares the sides of several roots. What changes alike in several of them is told once, and objects that
  /// moved from one to another are known.
  ///
  /// - Parameters:
  ///   - pairs: the roots, each with its two sides.
  ///   - options: what is compared, and how it is told.
  /// - Throws: a `Diagnostic` with the place in a stream that is no stream of objects.
  public init(_ pairs: [Pair], options: Options = Options()) throws(Diagnostic) {
    var comparison = Comparison.Options()
    comparison.ignored = options.ignored
    comparison.showsSecrets = options.showsSecrets
    comparison.contextLines = max(options.contextLines, 0)
    var roots: [RootDiff] = []
    for pair in pairs {
      let old = try Comparison.Side(pair.old, label: options.oldLabel)
      let new = try Comparison.Side(pair.new, label: options.newLabel)
      var root = Comparison.diff(pair.name, from: old, to: new, comparison)
      root.ownWords = OwnWords(old.words + new.words)
      if root.saysAnything { roots.append(root) }
    }
    var report = DiffReport(roots: roots, comparedCount: pairs.count)
    report.title = options.title
    report.contextLines = comparison.contextLines
    self.report = report
  }
}

extension Comparison.Side {
  fileprivate init(_ side: ManifestDiff.Side, label: String) throws(Diagnostic) {
    switch side {
    case .rendering(let rendering): self.init(label: label, content: .rendered(rendering))
    case .manifests(let bytes, let name):
      self.init(
        label: name, content: .rendered(try Rendering(manifest: bytes, displayPath: name)))
    case .failure(let diagnostic): self.init(label: label, content: .failed(diagnostic))
    case .absent: self.init(label: label, content: .absent)
    }
  }
}

// MARK: - The formats

extension ManifestDiff {
  /// In which form the report is printed; Docs/DIFF.md shows each.
  public enum Format: String, Sendable, CaseIterable {
    /// For a person at a terminal.
    case text
    /// A patch that turns the old streams into the new ones.
    case unified
    /// The comment of a pull request, of at most 65,000 bytes.
    case markdown
    /// For programs: one document.
    case json
    /// One page that loads nothing.
    case html

    package func bytes(of report: DiffReport, isColoured: Bool) -> [UInt8] {
      switch self {
      case .text: TextReport.bytes(of: report, isColoured: isColoured)
      case .unified: UnifiedReport.bytes(of: report, isColoured: isColoured)
      case .markdown: MarkdownReport.bytes(of: report)
      case .json: JSONReport.bytes(of: report)
      case .html: HTMLReport.bytes(of: report)
      }
    }
  }

  /// The report in a format, as UTF-8. Names and values that could do something to a terminal or a page are
  /// escaped.
  ///
  /// - Parameters:
  ///   - format: which one.
  ///   - isColoured: text and patches have the colours of a terminal.
  public func bytes(as format: Format, isColoured: Bool = false) -> [UInt8] {
    format.bytes(of: report, isColoured: isColoured)
  }
}

// MARK: - The values

extension ManifestDiff {
  /// How the comparison ended.
  public enum Outcome: String, Sendable {
    /// Nothing differs but what is ignored, the order of objects or their layout.
    case same
    /// Something differs, or a root renders again.
    case different
    /// At least one root does not render because of the change, so that nothing can be said of it.
    case failed

    init(_ outcome: DiffReport.Outcome) {
      switch outcome {
      case .same: self = .same
      case .different: self = .different
      case .failed: self = .failed
      }
    }
  }

  /// How the comparison ended.
  public var outcome: Outcome { Outcome(report.outcome) }

  /// The roots of which there is something to say: first those that do not render, then those in which damage is
  /// done, then the others, each in the order in which they were given.
  public var roots: [Root] { report.roots.map { Root(diff: $0) } }

  /// What the cluster refuses, or what is lost, each once with all the roots that have it: losses first.
  public var dangers: [Danger] {
    overview.dangers.map {
      Danger(
        consequence: Consequence(kind: $0.kind, message: $0.message), object: $0.title,
        roots: $0.roots)
    }
  }

  /// The images that change, each once with all the roots that have it.
  public var images: [ImageChange] {
    overview.images.map { ImageChange(old: $0.old, new: $0.new, roots: $0.roots) }
  }

  private var overview: ReportOverview { ReportOverview(report, SharedChanges(report)) }

  /// Something that does damage.
  public struct Danger: Sendable, Equatable {
    /// What follows from the change.
    public let consequence: Consequence
    /// The object in words: `Namespace shop`.
    public let object: String
    /// The names of the roots.
    public let roots: [String]
  }

  /// An image that a container has before, and the one that it has now.
  public struct ImageChange: Sendable, Equatable {
    /// As the field says it: `registry.example/web:1.4`.
    public let old: String
    /// As the field says it.
    public let new: String
    /// The names of the roots.
    public let roots: [String]
  }

  /// What differs between the two sides of one root.
  public struct Root: Sendable {
    let diff: RootDiff

    /// The root in the user's words.
    public var name: String { diff.name }
    /// Why the old side does not render.
    public var oldFailure: Diagnostic? { diff.old.failure }
    /// Why the new side does not render.
    public var newFailure: Diagnostic? { diff.new.failure }
    /// The objects that differ, in the order of the new side; a removed one stands behind the one that it followed.
    /// None where a side does not render.
    public var objects: [Object] { diff.resources.compactMap { Object($0) } }
    /// How many objects are the same on both sides.
    public var unchangedCount: Int { diff.unchangedCount }
    /// The objects that both sides have stand in another order.
    public var isReordered: Bool { diff.isReordered }
    /// How many changed fields the ignore rules hide.
    public var ignoredCount: Int { diff.hidden.ignored.reduce(0) { $0 + $1.count } }
  }

  /// An object that differs, or that only one side has.
  public struct Object: Sendable {
    private let diff: ResourceDiff
    /// The object on the new side; of a removed one, on the old side.
    public let id: RenderedResource.Identity

    init?(_ diff: ResourceDiff) {
      guard let side = diff.new ?? diff.old else { return nil }
      self.diff = diff
      id = side.id
    }

    /// What becomes of an object.
    public enum Kind: String, Sendable {
      /// Only the new side has it.
      case added
      /// Only the old side has it.
      case removed
      /// Both sides have it.
      case changed
    }

    /// What becomes of the object.
    public var kind: Kind {
      switch diff.kind {
      case .added: .added
      case .removed: .removed
      case .changed: .changed
      }
    }

    /// The object on the old side, where it is called otherwise there: with another content hash, version,
    /// namespace or name.
    public var formerID: RenderedResource.Identity? {
      diff.new == nil || diff.old?.id == id ? nil : diff.old?.id
    }
    /// The fields that differ, in their order; none of an object that only one side has.
    public var fields: [Field] { diff.changes.map { Field(change: $0, of: diff) } }
    /// What follows from the change that its fields do not show at a glance.
    public var consequences: [Consequence] { diff.consequences }
    /// The old object as YAML with a line feed at its end, secrets masked; nil of an added one.
    public var oldYAML: [UInt8]? { diff.old?.yaml }
    /// The new object as YAML with a line feed at its end, secrets masked; nil of a removed one.
    public var newYAML: [UInt8]? { diff.new?.yaml }
    /// Where the old object comes from; nil where a program printed it.
    public var oldOrigin: Diagnostic.Location? { diff.old?.origin }
    /// Where the new object comes from; nil where a program printed it.
    public var newOrigin: Diagnostic.Location? { diff.new?.origin }
    /// The root that has the object now, where this one no longer has it.
    public var movedTo: String? { diff.movedTo }
    /// The root that had the object before, where this one has it now.
    public var movedFrom: String? { diff.movedFrom }
  }

  /// A field that differs.
  public struct Field: Sendable {
    /// What becomes of a field.
    public enum Kind: String, Sendable {
      /// Only the new object has it.
      case added
      /// Only the old object has it.
      case removed
      /// Its value is another one.
      case changed
      /// Its list has the same elements in another order.
      case reordered
    }

    /// What becomes of the field.
    public let kind: Kind
    /// The way to it, elements of lists by their merge keys where they have some; `FieldStep.text(of:)` writes it
    /// as reports do.
    public let path: [FieldStep]
    /// What was there, secrets masked; nil of an added one.
    public let old: ManifestValue?
    /// What is there now, secrets masked; nil of a removed one.
    public let new: ManifestValue?
    /// Where the old value was written, where one file holds it.
    public let oldOrigin: Diagnostic.Location?
    /// Where the new value was written, where one file holds it.
    public let newOrigin: Diagnostic.Location?

    init(change: FieldChange, of resource: ResourceDiff) {
      kind =
        switch change.kind {
        case .added: .added
        case .removed: .removed
        case .changed, .text: .changed
        case .reordered: .reordered
        }
      path = change.path.steps
      // A change of a text has only its lines.
      old = change.oldPlace.flatMap { resource.old?.value?.value(at: $0) }
      new = change.newPlace.flatMap { resource.new?.value?.value(at: $0) }
      oldOrigin = change.oldOrigin
      newOrigin = change.newOrigin
    }
  }
}
