/// A finished build as the rules read it: its layers, its entries, and its resources as they are printed.
///
/// An object, so that the indexes which several rules need are made once, when the first asks for them. It
/// stays on the thread of the build.
package final class InspectedBuild {
  let stage: FinalStage
  let settings: LintSettings
  // Held here once more, since to reach them through `stage` would copy each of them at every use.
  let tree: Tree
  let sources: SourceMap
  let symbols: SymbolTable
  /// The words that rules about objects look for.
  let words: RuleWords
  /// The resources in the order in which they are printed.
  let resources: [Resource]
  /// The layers of the build, children before parents, each once.
  var layers: [Layer] { stage.layers }
  /// The layer of the directory that is rendered; nil where objects are judged without one.
  var root: Layer? { stage.layers.last }
  /// The files, with what messages about them must not show.
  private(set) lazy var sourcesOfMessages = sources.hidingSecrets(of: tree)
  private(set) lazy var fieldsByWord = FieldsByWord(self)
  private(set) lazy var pods = PodList(self)
  /// The Services of Kubernetes itself, by their number.
  private(set) lazy var services = resources.indices.filter { isService($0) }
  private(set) lazy var podsByOwner = PodsByOwner(self)
  private(set) lazy var podsByLabel = PodsByLabel(self)
  private(set) lazy var podReferences = PodReferences.all(in: self)
  private(set) lazy var names = ObjectNames(self)
  private(set) lazy var namesOfPods = ObjectNames(self, onlyOfPods: true)
  private(set) lazy var formerNames = ObjectNames(formerOf: self)

  private let cancellation: CancellationToken?

  /// - Parameter cancellation: ends the look at the build from another thread.
  init(
    _ stage: FinalStage, _ settings: LintSettings, cancellation: CancellationToken? = nil
  ) {
    self.cancellation = cancellation
    self.stage = stage
    self.settings = settings
    tree = stage.tree
    sources = stage.sources
    symbols = stage.tree.symbols
    words = RuleWords(symbols)
    resources = stage.resources
  }

  /// Nobody wants to know any more: what takes long may stop anywhere, and what it gives is dropped.
  package var isEnded: Bool { cancellation?.isCancelled ?? false }

  /// What rules of other modules have worked out, by its type.
  private var memos: [ObjectIdentifier: any Sendable] = [:]

  /// A value that several rules need and that is made once, when the first of them asks for it.
  package func memo<Value: Sendable>(_ make: (InspectedBuild) -> Value) -> Value {
    if let known = memos[ObjectIdentifier(Value.self)] as? Value { return known }
    let value = make(self)
    memos[ObjectIdentifier(Value.self)] = value
    return value
  }

  /// The resources as they are printed, for rules of other modules.
  package var renderedResources: [RenderedResource] {
    resources.indices.map { RenderedResource(place: $0, in: stage) }
  }

  /// `Kind/name`, as settings name objects.
  func name(of resource: Resource) -> String {
    "\(symbols.string(resource.id.type.kind))/\(symbols.string(resource.id.name))"
  }

  /// `Kind/name` as the file or the generator of a resource has it.
  func writtenName(of resource: Resource) -> String {
    guard let first = resource.formerIDs.first else { return name(of: resource) }
    return "\(symbols.string(first.kind))/\(symbols.string(first.name))"
  }

  /// Whether messages show nothing of the value at a position, which is that of a Secret.
  func hidesValue(at position: Position) -> Bool {
    sources.hidesSecrets && sourcesOfMessages.holdsSecret(at: position)
  }

  /// Where the key of a value stands; the value's own place where no file tells.
  func position(ofKeyOf node: NodeID) -> Position {
    sources.position(ofKey: symbols.string(tree.key(node)), before: tree.position(node))
  }

  /// A fix that writes another text in the place of a scalar, within its quotes.
  func replacement(
    of text: String, at position: Position, with new: String, isSafe: Bool
  ) -> Problem.Fix {
    var quote = ""
    if let file = sources.file(of: position), let offset = sources.byteOffset(of: position),
      offset < file.bytes.count
    {
      switch file.bytes[offset] {
      case UInt8(ascii: "\""): quote = "\""
      case UInt8(ascii: "'"): quote = "'"
      default: break
      }
    }
    // A backslash begins an escape between double quotes.
    let written =
      quote == "\""
      ? new.parts(at: "\\", omittingEmptySubsequences: false)
        .joined(separator: "\\\\") : new
    return Problem.Fix(
      message: "replace \"\(text)\" with \"\(new)\"", position: position,
      original: quote + text + quote, replacement: quote + written + quote, isSafe: isSafe)
  }

  /// The symbol of a word, if a file of the build or a table has it: a field of a name that no file has is in no
  /// object, and the rule is done.
  func symbol(_ word: StaticString) -> Symbol? {
    word.withUTF8Buffer { symbols.find($0.span) }
  }
}
