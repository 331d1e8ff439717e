import Foundation
import Testing

/// `--compat`, and `compat` of `lamina.yaml`, in every command that builds.
@Suite final class CompatibilityFlagTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("app/kustomization.yaml", "namespace: shop\nresources: [policy.yaml]\n")
    try scratch.write(
      "app/policy.yaml",
      "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n"
        + "metadata: {name: p}\n")
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
    upstream's main branch gives it none [version-difference]
        1 │ apiVersion: admissionregistration.k8s.io/v1
          │ ^ '--compat next' renders what the main branch does

    """

  private func expect(
    _ arguments: String..., output: String, errors: String = "", status: Int32 = 0
  ) throws {
    let outcome = try BuiltCommand.run(arguments, in: scratch.url)
    #expect(outcome.output == output)
    #expect(outcome.errors == errors)
    #expect(outcome.status == status)
  }

  @Test func theFlagChoosesTheVersion() throws {
    try expect("app", output: rendered(stable), errors: warning)
    try expect("app", "--compat", "v5.8.1", output: rendered(stable), errors: warning)
    try expect("app", "--compat", "next", output: rendered(""))
    // `--` is for the full parser, which reads all flags then.
    try expect("build", "app", "--compat=next", "--helm-debug", "--", output: rendered(""))
  }

  @Test func theProjectChoosesTheVersion() throws {
    try scratch.write("lamina.yaml", "compat: next\n")
    try expect("app", output: rendered(""))
    try expect("app", "--compat", "v5.8.1", output: rendered(stable), errors: warning)
    try expect("golden", "update", "app", output: "wrote app/golden.yaml\n")
    try expect("golden", "check", "app", output: "1 golden file is as rendered\n")
    try expect("diff", "app", "app", output: "no differences\n")
    try expect(
      "golden", "update", "app", "--compat", "v5.8.1", output: "wrote app/golden.yaml\n",
      errors: warning)
  }

  @Test func aWrongVersionIsRefused() throws {
    try expect(
      "app", "--compat", "v4", output: "",
      errors: """
        error: illegal flag value --compat v4; legal values: v5.8.1, next
        usage: render [DIR...] [flags]
          `render -h` lists the flags

        """, status: 64)
    try scratch.write("lamina.yaml", "compat: v4\n")
    try expect(
      "app", output: "",
      errors: """
        lamina.yaml:1:9: error: compat must be "v5.8.1" or "next", not "v4"
            1 │ compat: v4
              │         ^

        """, status: 1)
  }
}
