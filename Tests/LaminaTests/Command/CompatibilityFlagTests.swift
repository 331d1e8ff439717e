import Foundation
import Testing

/// `--compat`, and `compat` of `lamina.yaml`, in every command that builds.
@Suite final class CompatibilityFlagTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("namespace: shop\nresources: [policy.yaml]\n", to: "app/kustomization.yaml")
    try scratch.write(
      "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n"
        + "metadata: {name: p}\n",
      to: "app/policy.yaml")
  }

  deinit { scratch.remove() }

  private func rendered(_ namespace: String) -> String {
    """
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingAdmissionPolicy
    metadata:
      name: p
    \(namespace)
    """
  }

  private let stable = "  namespace: shop\n"
  private let warning = """
    app/policy.yaml:1:1: warning: kustomize v5.8.1 gives this cluster-scoped object a namespace; \
    upstream's main branch gives it none
        1 │ apiVersion: admissionregistration.k8s.io/v1
          │ ^ '--compat next' renders what the main branch does

    """

  private func expect(
    _ arguments: String..., output: String, errors: String = "", status: Int32 = 0
  ) throws {
    let outcome = try BuiltCommand.run(arguments, in: scratch.directory)
    #expect(outcome.output == output)
    #expect(outcome.errors == errors)
    #expect(outcome.status == status)
  }

  @Test func theFlagChoosesTheVersion() throws {
    try expect("app", output: rendered(stable), errors: warning)
    try expect("app", "--compat", "v5.8.1", output: rendered(stable), errors: warning)
    try expect("app", "--compat", "next", output: rendered(""))
    // An odd flag leads through the full parser.
    try expect("build", "app", "--compat=next", "--no-offline=x", output: "", status: 64)
  }

  @Test func theProjectChoosesTheVersion() throws {
    try scratch.write("compat: next\n", to: "lamina.yaml")
    try expect("app", output: rendered(""))
    try expect("app", "--compat", "v5.8.1", output: rendered(stable), errors: warning)
    try expect("golden", "update", "app", output: "wrote app/golden.yaml\n")
    try expect("golden", "check", "app", output: "app/golden.yaml: as rendered\n")
    try expect(
      "golden", "check", "app", "--compat", "v5.8.1", "--format", "junit", output: "", status: 1)
  }

  @Test func aWrongVersionIsRefused() throws {
    try expect(
      "app", "--compat", "v4", output: "",
      errors: "", status: 64)
    try scratch.write("compat: v4\n", to: "lamina.yaml")
    try expect(
      "app", output: "",
      errors: """
        lamina.yaml:1:9: error: compat must be "v5.8.1" or "next", not "v4"
            1 │ compat: v4
              │         ^

        """, status: 1)
  }
}
