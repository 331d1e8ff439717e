package import Lamina

/// Custom kinds that one root of a run uses and another one defines.
///
/// Roots are rendered one after the other and not kept, so that a run takes no more memory than its largest
/// root. Where a root uses a kind that it does not define, and another one does, both are rendered once more: most
/// runs have none.
package struct DefinedElsewhere {
  private let roots: [LintRoot]
  private let renderer: Renderer
  /// For each root, in their order; nil for one that does not render.
  private var kinds: [CustomKinds?] = []

  package init(_ roots: [LintRoot], _ renderer: Renderer) {
    self.roots = roots
    self.renderer = renderer
  }

  package mutating func add(_ kinds: CustomKinds?) { self.kinds.append(kinds) }

  /// What the definitions of other roots say of custom resources, for each root that has such.
  package func outcomes(
    _ schemas: SchemaRules, _ settings: LintSettings
  ) -> [(outcome: LintOutcome, root: String)] {
    var definitions = CustomDefinitions()
    let wanted = kinds.reduce(into: Set<CustomKind>()) { $0.formUnion($1?.undefined ?? []) }
    for index in definingRoots(of: wanted) {
      for resource in rendering(index)?.resources ?? [] {
        definitions.add(
          definition: resource.root, in: resource.tree, ofKinds: wanted)
      }
    }
    if definitions.isEmpty { return [] }
    let rule = schemas.adding(definitions).customResourceInvalid
    let lint = Lint([rule], settings, for: .lint)
    return usingRoots.compactMap { index in
      rendering(index).map {
        (lint.inspect($0, isOneOfMany: true).limited(to: rule.id), roots[index].name)
      }
    }
  }

  /// The first root that defines each kind which some root lacks.
  private func definingRoots(of missing: Set<CustomKind>) -> [Int] {
    var wanted = missing
    var roots: [Int] = []
    for (index, root) in kinds.enumerated() {
      guard let defined = root?.defined, !wanted.isDisjoint(with: defined) else { continue }
      wanted.subtract(defined)
      roots.append(index)
    }
    return roots
  }

  /// The roots that use a kind which is defined in another one.
  private var usingRoots: [Int] {
    let defined = kinds.reduce(into: Set<CustomKind>()) { $0.formUnion($1?.defined ?? []) }
    return kinds.indices.filter {
      kinds[$0].map { !$0.undefined.isDisjoint(with: defined) } ?? false
    }
  }

  /// The root once more. It has rendered before, so that a failure has another cause than its files.
  private func rendering(_ index: Int) -> Rendering? {
    try? renderer.render(roots[index].path, displayPath: roots[index].name)
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
