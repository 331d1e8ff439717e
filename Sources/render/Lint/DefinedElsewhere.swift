import Lamina
import LaminaSchema

/// Custom kinds that one root of a run uses and another one defines.
///
/// Roots are rendered one after the other and not kept, so that a run takes no more memory than its largest
/// root. Where a root uses a kind that it does not define, and another one does, both are rendered once more: most
/// runs have none.
struct DefinedElsewhere {
  /// For each root, in their order; nil for one that does not render.
  private var kinds: [CustomKinds?] = []

  mutating func add(_ kinds: CustomKinds?) { self.kinds.append(kinds) }

  /// The first root that defines each kind which some root lacks.
  var definingRoots: [Int] {
    var wanted = kinds.reduce(into: Set<CustomKind>()) { $0.formUnion($1?.undefined ?? []) }
    var roots: [Int] = []
    for (index, root) in kinds.enumerated() {
      guard let defined = root?.defined, !wanted.isDisjoint(with: defined) else { continue }
      wanted.subtract(defined)
      roots.append(index)
    }
    return roots
  }

  /// The roots that use a kind which is defined in another one.
  var usingRoots: [Int] {
    let defined = kinds.reduce(into: Set<CustomKind>()) { $0.formUnion($1?.defined ?? []) }
    return kinds.indices.filter {
      kinds[$0].map { !$0.undefined.isDisjoint(with: defined) } ?? false
    }
  }
}
