extension Rule {
  /// Uses are looked for in all texts of the build, also within longer ones: a name with a hash
  /// does not stand anywhere by chance.
  static let unusedGenerated = Rule(
    .unusedGenerated, .lint, askedOnceFor: .root,
    summary: "no object names a generated config map or secret",
    page: """
      The name has a hash that changes with the content, so that only kustomize can put it into other objects, and \
      it has put it nowhere. The reference may be misspelled, or stands in a field that kustomize does not know.

          configMapGenerator:
          - name: web-env   # the Deployment asks for "web-evn"

      Objects without a hash may be used by something outside of the build and are passed over, and so are those \
      whose fields `vars` or `replacements` copy.
      """
  ) { inspection in
    let build = inspection.build
    var unused = NumberTable<Symbol, Int>()
    var shortest = Int.max
    for index in build.resources.indices
    where build.resources[index].needsHash && build.resources[index].isGenerated {
      if build.isSource(build.resources[index]) { continue }
      let name = build.resources[index].id.name
      unused.updateValue(index, forKey: name)
      shortest = min(shortest, build.symbols.bytes(name).count)
    }
    if unused.isEmpty { return }
    let used = NameUses(unused, shortest: shortest, in: build).used
    for index in build.resources.indices
    where unused[build.resources[index].id.name] == index && !used.contains(index) {
      inspection.report(
        .nobodyNames(build.resources[index], build), .lint, of: build.resources[index])
    }
  }
}

extension InspectedBuild {
  /// A variable or a replacement copies a field of the object.
  fileprivate func isSource(_ resource: Resource) -> Bool {
    if !resource.variables.isEmpty { return true }
    let name = symbols.string(resource.formerIDs.first?.name ?? resource.id.name)
    var isSource = false
    forEachReplacement { replacement in
      if replacement.source?.selector.name.text.hasBytes(of: name) == true { isSource = true }
    }
    return isSource
  }
}

/// Which of some names stand in the texts of a build, whole or as a part.
private struct NameUses {
  private(set) var used: Set<Int> = []

  /// One pass over all texts looks for all names at once: words are looked up as symbols, and a
  /// word that is none is no name.
  ///
  /// - Parameter shortest: how many bytes the shortest name has.
  init(_ names: NumberTable<Symbol, Int>, shortest: Int, in build: InspectedBuild) {
    let tree = build.tree
    var rest: [NodeID] = []
    for index in build.resources.indices {
      let own = build.resources[index].id.name
      rest.append(build.resources[index].root)
      while let node = rest.popLast() {
        if tree.shape(node) != .scalar {
          var next = tree.first(of: node)
          while let child = next {
            rest.append(child)
            next = tree.next(after: child)
          }
          continue
        }
        tree.withText(node) { text in
          if text.count < shortest { return }
          Self.forEachWord(of: text) { word in
            guard word.count >= shortest, let symbol = build.symbols.find(text.extracting(word)),
              let place = names[symbol], place != index || symbol != own
            else { return }
            used.insert(place)
          }
        }
      }
    }
  }

  /// The runs of letters that names have.
  private static func forEachWord(of text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    for index in 0...text.count {
      if index < text.count, isPart(text[index]) { continue }
      if index > start { body(start..<index) }
      start = index + 1
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension Problem {
  fileprivate static func nobodyNames(_ resource: Resource, _ build: InspectedBuild) -> Problem {
    let kind = build.symbols.string(resource.id.type.kind)
    let name = build.symbols.string(resource.formerIDs.first?.name ?? resource.id.name)
    return Problem(
      .unusedGenerated, "no object of this build names the \(kind) \"\(name)\"",
      at: build.tree.position(resource.root))
  }
}
