package import Lamina

/// The rules that compare objects with what Kubernetes and definitions of custom kinds say of them.
///
/// They are asked only by `lint`: what a build reports does not depend on the table of kinds.
///
/// Each rule reports one kind of violation; the objects are checked once for all of them
/// (`SchemaFindings`).
package struct SchemaRules: Sendable {
  package let facts: KubernetesFacts
  /// Definitions that are not part of the build that is judged.
  let definitions: CustomDefinitions
  /// What is judged are only the resources of the kinds that these define; nil is all.
  private let judged: CustomDefinitions?
  /// nil where every object is looked at.
  private var faultless: FaultlessObjects?

  /// - Parameters:
  ///   - version: the version of Kubernetes to judge by; nil is any that is known.
  ///   - definitions: definitions of custom kinds besides those of the build that is judged.
  package init(version: KubernetesVersion?, definitions: CustomDefinitions) {
    facts = KubernetesFacts(version: version)
    self.definitions = definitions
    judged = nil
  }

  private init(
    _ facts: KubernetesFacts, _ definitions: CustomDefinitions, judging judged: CustomDefinitions
  ) {
    self.facts = facts
    self.definitions = definitions
    self.judged = judged
  }

  /// The same rules with further definitions, for another look at builds that have been judged without these.
  package func adding(_ more: CustomDefinitions) -> SchemaRules {
    var all = definitions
    all.add(more)
    return SchemaRules(facts, all, judging: more)
  }

  /// The same rules for builds that are made again and again: objects that stay as they are are looked at once.
  package var rememberingObjects: SchemaRules {
    var rules = self
    rules.faultless = FaultlessObjects()
    return rules
  }

  /// In the order in which they are documented.
  package var all: [Rule] {
    [
      unknownField, wrongType, requiredMissing, enumValue, resourceNameUnknown, apiRemoved,
      apiDeprecated, customResourceInvalid, crdNotStructural, crdMissingForKind,
      schemaOutdatedMerge,
    ]
  }

  /// A rule that reports one kind of violations.
  func rule(
    _ id: DiagnosticID, _ level: LintLevel, askedOnceFor scope: Rule.Scope = .build,
    of kind: SchemaViolation.Kind, summary: StaticString, page: StaticString
  ) -> Rule {
    Rule(id, level, askedOnceFor: scope, summary: summary, page: page) { inspection in
      let findings = inspection.build.memo {
        SchemaFindings(of: $0, facts, definitions, judged, faultless)
      }
      for (resource, violation) in findings.all where violation.kind == kind {
        // One mistake has one finding: that of the path.
        if kind == .unknownField, inspection.build.isWrittenWithoutSlash(violation.node) {
          continue
        }
        inspection.report(violation.mistake, as: id, level, of: resource)
      }
    }
  }

  /// The custom kinds that a build defines and uses.
  package func customKinds(of rendering: Rendering) -> CustomKinds {
    CustomKinds(of: rendering.resources, known: definitions, facts)
  }
}

/// All violations of one build, which the rules share.
struct SchemaFindings: Sendable {
  private(set) var all: [(resource: RenderedResource, violation: SchemaViolation)] = []

  /// Schemas are read only for kinds that the build has objects of: definitions are large, and most
  /// builds use few of them.
  ///
  /// - Parameter judged: what defines the kinds of which more is known than before; nil where nothing was known.
  init(
    of build: InspectedBuild, _ facts: KubernetesFacts, _ definitions: CustomDefinitions,
    _ judged: CustomDefinitions?, _ faultless: FaultlessObjects?
  ) {
    let resources = build.renderedResources
    let used = Set(resources.map { CustomKind($0.id) })
    var own = CustomDefinitions()
    for resource in resources where !build.isEnded {
      own.add(definition: resource.root, in: resource.tree, keepingSchemasOf: used)
    }
    var known = definitions
    known.add(own)
    if let judged {
      for resource in resources where judged.defines(CustomKind(resource.id)) && !build.isEnded {
        all += facts.check(resource.root, in: resource.tree, definitions: known)
          .map { (resource, $0) }
      }
      return
    }
    for resource in resources where !build.isEnded {
      var found = facts.check(resource, definitions: known, faultless)
      found += StructuralCheck.violations(of: resource.root, in: resource.tree)
      if let missing = own.missingDefinition(for: resource.root, in: resource.tree) {
        found.append(missing)
      }
      all += found.map { (resource, $0) }
    }
  }
}

extension KubernetesFacts {
  fileprivate func check(
    _ resource: RenderedResource, definitions: CustomDefinitions, _ faultless: FaultlessObjects?
  ) -> [SchemaViolation] {
    if faultless?.contains(resource.yaml) == true { return [] }
    let found = check(resource.root, in: resource.tree, definitions: definitions)
    if let faultless, found.isEmpty, hasType(resource.id) { faultless.insert(resource.yaml) }
    return found
  }

  private func hasType(_ id: RenderedResource.Identity) -> Bool {
    let apiVersion = id.group.isEmpty ? id.version : "\(id.group)/\(id.version)"
    return type(apiVersion: apiVersion, kind: id.kind) != nil
  }
}

extension SchemaViolation {
  /// The violation as a rule reports it.
  fileprivate var mistake: Inspection.ValueMistake {
    Inspection.ValueMistake(
      message, at: node, isAtKey: isAtKey, hint: hint, replacement: suggestion)
  }

  /// A correction if there is one, else what else may help.
  private var hint: String? {
    let correction: String? =
      switch kind {
      // The message says what to use.
      case .apiRemoved, .apiDeprecated: nil
      case .wrongType, .definitionNotStructural: suggestion.map { "write \($0)" }
      default:
        suggestion.map { $0.begins(with: "\"") ? "did you mean \($0)?" : "did you mean \"\($0)\"?" }
      }
    // With a correction nothing more needs to be said.
    return correction ?? (help.isEmpty ? nil : help.joined(separator: "; "))
  }
}
