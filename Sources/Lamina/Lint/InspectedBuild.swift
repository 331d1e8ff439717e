/// A finished build as the rules read it: its layers, its entries, and its resources as they are printed.
///
/// An object, so that the indexes which several rules need are made once, when the first asks for them. It
/// stays on the thread of the build.
package final class InspectedBuild {
  let stage: FinalStage
  let settings: LintSettings
  var tree: Tree { _read { yield stage.tree } }
  var sources: SourceMap { _read { yield stage.sources } }
  var symbols: SymbolTable { _read { yield stage.tree.symbols } }
  /// The layers of the build, children before parents, each once.
  var layers: [Layer] { stage.layers }
  /// The layer of the directory that is rendered; nil where objects are judged without one.
  var root: Layer? { stage.layers.last }
  /// The resources in the order in which they are printed.
  var resources: [Resource] { stage.resources }

  init(_ stage: FinalStage, _ settings: LintSettings) {
    self.stage = stage
    self.settings = settings
  }

  /// `Kind/name`, as settings name objects.
  func name(of resource: Resource) -> String {
    "\(symbols.string(resource.id.type.kind))/\(symbols.string(resource.id.name))"
  }

  /// Where the key of a value stands; the value's own place where no file tells.
  func position(ofKeyOf node: NodeID) -> Position {
    sources.position(ofKey: symbols.string(tree.key(node)), before: tree.position(node))
  }

  /// The symbol of a word, if a file of the build or a table has it: a field of a name that no file has is in no
  /// object, and the rule is done.
  func symbol(_ word: StaticString) -> Symbol? {
    word.withUTF8Buffer { symbols.find($0.span) }
  }
}
