package import Lamina

/// How the values of secrets stand in what is kept of a rendering.
package enum SecretStyle: Sendable {
  /// As they are.
  case shown
  /// `(secret, 12 bytes)`
  case masked
  /// `(secret, 5f70bf18a086007016e9)`, the beginning of a hash that needs this key: a change shows, and
  /// the value does not.
  case hashed(key: [UInt8])

  package var showsValues: Bool { if case .shown = self { true } else { false } }
}

/// A rendering without the values of its secrets, in the layout of every rendering.
package struct MaskedRendering: Sendable {
  /// The YAML of each resource.
  package private(set) var resources: [[UInt8]] = []
  /// How many values do not stand in it as they are.
  package private(set) var secretCount = 0

  package init(_ rendering: Rendering, _ style: SecretStyle) throws(Diagnostic) {
    var objects = ObjectComparer(showsSecrets: false)
    if case .hashed(let key) = style { objects.secretKey = key }
    for resource in rendering.resources {
      guard !style.showsValues, resource.mayHoldSecret else {
        resources.append(Array(resource.yaml))
        continue
      }
      let object = try objects.object(resource)
      resources.append(object.yaml)
      secretCount += object.secretCount
    }
  }

  /// All resources as one stream.
  package var bytes: [UInt8] { Array(resources.joined(separator: Array("---\n".utf8))) }
}
