package import Lamina

/// Custom kinds that one root of a run uses and another one defines.
///
/// Where a root uses a kind that it does not define, and another one does, both are looked at once more. Their
/// renderings are kept for that up to a number of bytes, so that the memory of a run does not grow with its roots;
/// what is not kept is rendered again.
package struct DefinedElsewhere: Sendable {
  private let roots: [LintRoot]
  private let renderer: Renderer
  /// For each root, in their order; nil for one that does not render.
  private var kinds: [CustomKinds?] = []
  /// Some of the roots that have custom kinds, by their places in the list of roots.
  private var kept: [Int: Rendering] = [:]
  /// How many bytes of rendered text may still be kept.
  private var bytesLeft: Int

  /// - Parameter mostBytes: how many bytes of rendered text are kept. Their trees take about eight times as many.
  package init(_ roots: [LintRoot], _ renderer: Renderer, keeping mostBytes: Int = 4 << 20) {
    self.roots = roots
    self.renderer = renderer
    bytesLeft = mostBytes
  }

  /// Adds the next root.
  package mutating func add(_ kinds: CustomKinds, of rendering: Rendering) {
    let size = rendering.bytes.count
    if !kinds.isEmpty, size <= bytesLeft {
      kept[self.kinds.count] = rendering
      bytesLeft -= size
    }
    self.kinds.append(kinds)
  }

  /// Adds the next root, which does not render.
  package mutating func addFailure() { kinds.append(nil) }

  /// Another look at the roots with kinds that others define; nil where there are none.
  package func look(_ schemas: SchemaRules, _ settings: LintSettings) -> Look? {
    var definitions = CustomDefinitions()
    let wanted = kinds.reduce(into: Set<CustomKind>()) { $0.formUnion($1?.undefined ?? []) }
    // All that differ: which root comes first says nothing of which definition an object is meant for.
    var known: Set<CustomKinds.Definition> = []
    for (index, root) in kinds.enumerated() {
      let new = (root?.definitions ?? []).filter { wanted.contains($0.kind) }.subtracting(known)
      if new.isEmpty { continue }
      known.formUnion(new)
      let kinds = Set(new.map(\.kind))
      for resource in rendering(index)?.resources ?? [] {
        let kind = CustomDefinitions.kind(definedBy: resource.root, in: resource.tree)
        guard let kind, kinds.contains(kind) else { continue }
        definitions.add(definition: resource.root, in: resource.tree)
      }
    }
    if definitions.isEmpty { return nil }
    return Look(
      rule: schemas.adding(definitions).customResourceInvalid, settings, places: usingRoots,
      of: self)
  }

  /// A look at roots, in any order and on many threads.
  package struct Look: Sendable {
    private let rule: Rule
    private let lint: Lint
    private let places: [Int]
    private let run: DefinedElsewhere

    fileprivate init(
      rule: Rule, _ settings: LintSettings, places: [Int], of run: DefinedElsewhere
    ) {
      self.rule = rule
      lint = Lint([rule], settings, for: .lint)
      self.places = places
      self.run = run
    }

    /// The number of roots.
    package var count: Int { places.count }

    /// What the definitions of others say of the custom resources of a root, and what the root is called; nil where
    /// it does not render any more.
    package func outcome(at index: Int) -> (outcome: LintOutcome, root: String)? {
      let place = places[index]
      return run.rendering(place).map {
        (lint.inspect($0, isOneOfMany: true).limited(to: rule.id), run.roots[place].name)
      }
    }
  }

  /// The roots that use a kind which is defined in another one.
  private var usingRoots: [Int] {
    let defined = kinds.reduce(into: Set<CustomKind>()) { $0.formUnion($1?.defined ?? []) }
    return kinds.indices.filter {
      kinds[$0].map { !$0.undefined.isDisjoint(with: defined) } ?? false
    }
  }

  /// The root as it was, or rendered again: it has rendered before, so that a failure has another cause than its
  /// files.
  private func rendering(_ index: Int) -> Rendering? {
    if let known = kept[index] { return known }
    return try? renderer.render(roots[index].path, displayPath: roots[index].name)
  }
}

/// A directory that rules look at.
package struct LintRoot: Sendable {
  /// An absolute path, or the address of a repository.
  package let path: String
  /// What messages call it.
  package let name: String

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}
