package import Lamina

/// The path to a field that differs: `spec.template.spec.containers[name=app].image`.
package struct ChangedPath: Sendable, Hashable, CustomStringConvertible {
  package typealias Step = FieldStep
  package typealias KeyValue = Step.KeyValue

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  package var description: String { FieldStep.text(of: steps) }
}
