import Foundation
import Lamina
import Testing

/// What `render diff --base main --all` tells a reviewer, and what it spares them.
@Suite struct DiffReviewTests {
  private let scratch: ScratchDirectory

  /// Three overlays of one base in a repository, each with a prefix and a namespace of its own.
  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("base/kustomization.yaml", "resources: [web.yaml]\n")
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:1"))
    for name in ["a", "b", "c"] {
      try scratch.write(
        "overlays/\(name)/kustomization.yaml",
        "namePrefix: \(name)-\nnamespace: ns-\(name)\nresources: [../../base]\n")
    }
    try git("init", "-q", "-b", "main")
    try commit()
    try git("checkout", "-q", "-b", "topic")
  }

  private static func deployment(_ name: String, image: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name)}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: web
            image: \(image)

    """
  }

  private static let claim = """
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce]}

    """

  private func git(_ arguments: String...) throws {
    try TestRepository(url: scratch.url).git(arguments)
  }

  private func commit() throws {
    try git("add", "-A")
    try git("commit", "-q", "-m", "x")
  }

  private func diff(_ arguments: String...) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(["diff", "--base", "main", "--all"] + arguments, in: scratch.url)
  }

  private func report(_ arguments: String...) throws -> [String: Any] {
    let outcome = try BuiltCommand.run(
      ["diff", "--base", "main", "--all"] + arguments, in: scratch.url)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(json as? [String: Any])
  }

  // MARK: - Failures

  /// `d` and `e` fail on both sides, and the change touches only `e`.
  private func breakTwoRoots() throws {
    try git("checkout", "-q", "main")
    for name in ["d", "e"] {
      try scratch.write("overlays/\(name)/kustomization.yaml", "resources: [missing.yaml]\n")
    }
    try commit()
    try git("checkout", "-q", "topic")
    try git("merge", "-q", "main")
  }

  @Test func whatWasBrokenBeforeIsFolded() throws {
    defer { scratch.remove() }
    try breakTwoRoots()
    let same = try diff()
    #expect(
      same.output == """
        · 2 roots fail on both sides alike
          overlays/d, overlays/e

        no differences in 3 roots

        """)
    #expect(same.errors == "")
    #expect(same.status == 0)
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    let changed = try diff()
    #expect(changed.output.contains("\n· 2 roots fail on both sides alike\n"))
    #expect(changed.output.contains("\n3 resources changed in 3 of 5 roots\n"))
    #expect(changed.errors == "")
    #expect(changed.status == 1)
  }

  @Test func whatIsAffectedAndFailsComesFirstAndDecides() throws {
    defer { scratch.remove() }
    try breakTwoRoots()
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    try scratch.write(
      "overlays/e/kustomization.yaml", "resources: [missing.yaml]\nnamePrefix: e-\n")
    let outcome = try diff()
    #expect(outcome.output.hasPrefix("overlays/e  (merge base with main → working tree)\n"))
    #expect(
      outcome.output.contains(
        "\n· 2 roots fail on both sides alike; 1 of them is affected by this change\n  overlays/d\n"
      ))
    let message = "error: cannot read resource \"missing.yaml\""
    #expect(outcome.output.components(separatedBy: message).count == 2)
    #expect(outcome.errors.components(separatedBy: message).count == 2)
    #expect(outcome.status == 2)
  }

  @Test func rootsThatStartToFailShareTheirMessage() throws {
    defer { scratch.remove() }
    try scratch.write("base/kustomization.yaml", "resources: [none.yaml]\n")
    let outcome = try diff()
    let message = "error: cannot read resource \"none.yaml\""
    #expect(outcome.output.components(separatedBy: message).count == 2)
    #expect(outcome.output.contains("in 3 roots: overlays/a, overlays/b, overlays/c\n"))
    #expect(outcome.errors.components(separatedBy: message).count == 2)
    #expect(outcome.status == 2)
    for format in ["markdown", "html"] {
      let page = try diff("--format", format).output
      #expect(page.components(separatedBy: "cannot read resource").count == 2, "\(format)")
    }
  }

  @Test func aRepairedRootIsNoFailure() throws {
    defer { scratch.remove() }
    try breakTwoRoots()
    try scratch.write("overlays/d/kustomization.yaml", "resources: [../../base]\n")
    let outcome = try diff()
    #expect(outcome.output.contains("does not render; this is repaired\n"))
    #expect(outcome.output.hasSuffix("; 1 root renders again\n"))
    #expect(outcome.errors == "")
    #expect(outcome.status == 1)
  }

  // MARK: - Files

  @Test func changedFilesThatNoRootReadsAreNamed() throws {
    defer { scratch.remove() }
    try scratch.write("overlays/a/forgotten.yaml", "kind: ConfigMap\n")
    try scratch.write("README.md", "A text for people.\n")
    try scratch.write(".github/workflows/ci.yaml", "on: push\n")
    try commit()
    let outcome = try diff()
    #expect(
      outcome.output == """
        ! 1 changed file is read by no root
            overlays/a/forgotten.yaml

        no differences in 3 roots

        """)
    #expect(outcome.status == 0)
    let json = try report("--format", "json")
    #expect(json["unreadFiles"] as? [String] == ["overlays/a/forgotten.yaml"])
    // A root that is left out may read it.
    let others = try diff("--exclude", "overlays/b")
    #expect(others.output == "no differences in 2 roots\n")
  }

  @Test func aRemovedFileThatWasReadIsNoneOfThem() throws {
    defer { scratch.remove() }
    try scratch.write(
      "base/other.yaml", Self.deployment("web", image: "registry.example.com/web:1"))
    try scratch.write("base/kustomization.yaml", "resources: [other.yaml]\n")
    try FileManager.default.removeItem(at: scratch.url.appending(path: "base/web.yaml"))
    try commit()
    let outcome = try diff()
    #expect(outcome.output == "no differences in 3 roots\n")
    #expect(outcome.status == 0)
  }

  // MARK: - Moves

  @Test func aRenamedDirectoryIsTheSameRoot() throws {
    defer { scratch.remove() }
    try git("mv", "overlays", "clusters")
    let same = try diff()
    for name in ["a", "b", "c"] {
      #expect(same.output.contains("  ! the root was overlays/\(name)\n"))
    }
    #expect(same.output.hasSuffix("\nno differences in 3 roots\n"))
    #expect(same.status == 0)
    try scratch.write(
      "clusters/b/kustomization.yaml",
      "namePrefix: b-\nnamespace: ns-b\nresources: [../../base]\nreplicas: [{name: web, count: 3}]\n"
    )
    let changed = try diff()
    #expect(changed.output.contains("spec.replicas: 3"))
    #expect(changed.output.hasSuffix("\n1 resource changed in 1 of 3 roots\n! scaled: 1\n"))
    #expect(changed.status == 1)
  }

  @Test func anObjectMovesBetweenRoots() throws {
    defer { scratch.remove() }
    try git("checkout", "-q", "main")
    try scratch.write("infra/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write(
      "infra/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: infra}\n")
    try scratch.write("apps/kustomization.yaml", "resources: [cm.yaml, claim.yaml]\n")
    try scratch.write("apps/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: apps}\n")
    try scratch.write("apps/claim.yaml", Self.claim)
    try commit()
    try git("checkout", "-q", "topic")
    try git("merge", "-q", "main")
    try git("mv", "apps/claim.yaml", "infra/claim.yaml")
    try scratch.write("apps/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write("infra/kustomization.yaml", "resources: [cm.yaml, claim.yaml]\n")
    let outcome = try diff()
    #expect(outcome.output.contains("- PersistentVolumeClaim data (moved to infra)"))
    #expect(outcome.output.contains("+ PersistentVolumeClaim data (moved from apps)"))
    #expect(!outcome.output.contains("data loss"))
    #expect(outcome.output.hasSuffix("\n1 resource moved in 2 of 5 roots\n"))
    #expect(outcome.status == 1)
    // Without the other half it is a loss.
    try scratch.write("infra/kustomization.yaml", "resources: [cm.yaml]\n")
    let lost = try diff().output
    #expect(lost.contains("data loss: 1"))
  }

  // MARK: - What roots have in common

  @Test func aChangeOfABaseIsShownOnceWithItsRoots() throws {
    defer { scratch.remove() }
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    let outcome = try diff()
    let line = "± spec.template.spec.containers[name=web].image  #"
    #expect(outcome.output.components(separatedBy: line).count == 2)
    let names = "overlays/a, overlays/b (ns-b/b-web), overlays/c (ns-c/c-web)"
    #expect(outcome.output.contains("    = in 3 roots: \(names)\n"))
    #expect(
      outcome.output.hasPrefix(
        """
        Images
          registry.example.com/web:1 → registry.example.com/web:2
            in 3 roots: overlays/a, overlays/b, overlays/c


        """))
    #expect(outcome.output.hasSuffix("\n3 resources changed in 3 of 3 roots\n! rollout: 3\n"))
    let markdown = try diff("--format", "markdown").output
    #expect(markdown.contains("web&#58;<b>1</b></code> |"))
    #expect(markdown.contains(", in 3 roots"))
    let shared = try report("--format", "json")["sharedChanges"] as? [[[String: Any]]]
    let roots = shared?.map { $0.compactMap { $0["root"] as? String } }
    #expect(roots == [["overlays/a", "overlays/b", "overlays/c"]])
  }

  @Test func differentImagesAreDifferentChanges() throws {
    defer { scratch.remove() }
    for name in ["a", "b", "c"] {
      try scratch.write(
        "overlays/\(name)/kustomization.yaml",
        """
        namePrefix: \(name)-
        namespace: ns-\(name)
        resources: [../../base]
        images: [{name: registry.example.com/web, newName: registry.example.com/ns-\(name)/web}]

        """)
    }
    let outcome = try diff()
    #expect(outcome.output.components(separatedBy: "± Deployment").count == 4)
  }

  @Test func dangersStandAtTheTop() throws {
    defer { scratch.remove() }
    try scratch.write(
      "base/web.yaml",
      Self.deployment("web", image: "registry.example.com/web:2")
        .replacingOccurrences(of: "app: web", with: "app: site"))
    let outcome = try diff()
    #expect(
      outcome.output.hasPrefix(
        """
        ! immutable field: Deployment ns-a/a-web: spec.selector cannot be changed: \
        the Deployment has to be deleted and made anew
            in 3 roots: overlays/a, overlays/b, overlays/c

        """))
  }

  // MARK: - What is left out

  @Test func kindsAndObjectsCanBeIgnored() throws {
    defer { scratch.remove() }
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    for rule in ["Deployment", "Deployment/*-web", "Deployment:**", "**.image"] {
      let outcome = try diff("--ignore", rule)
      #expect(outcome.output.contains("1 change is hidden by --ignore \(rule)\n"))
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
    }
  }

  @Test func rulesThatLeadNowhereAreTold() throws {
    defer { scratch.remove() }
    let outcome = try diff(
      "--ignore", "Deploiment", "--ignore", "spec.template", "--exclude", "x/*")
    #expect(
      outcome.errors == """
        warning: --exclude x/*: it matches no root
        warning: --ignore Deploiment: it matches no field or object

        """)
    #expect(outcome.status == 0)
  }

  @Test func rootsCanBeExcluded() throws {
    defer { scratch.remove() }
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    let flag = try diff("--exclude", "overlays/b")
    #expect(flag.output.contains("\n2 resources changed in 2 of 2 roots\n"))
    try scratch.write(
      "lamina.yaml", "diff:\n  exclude: [overlays/b]\n  ignore: [Deployment/a-*]\n")
    let file = try diff()
    #expect(file.output.contains("\n1 resource changed in 1 of 2 roots\n"))
    #expect(file.errors == "")
  }

  @Test func onlyAffectedRootsAreReported() throws {
    defer { scratch.remove() }
    try breakTwoRoots()
    try scratch.write(
      "overlays/b/kustomization.yaml",
      "namePrefix: b-\nnamespace: ns-b\nresources: [../../base]\nreplicas: [{name: web, count: 3}]\n"
    )
    let outcome = try diff("--affected")
    #expect(!outcome.output.contains("overlays/d"))
    #expect(outcome.output.hasSuffix("\n1 resource changed\n! scaled: 1\n"))
    #expect(outcome.status == 1)
  }

  /// A root whose generator reads a file that changed is affected, although no other file says so.
  @Test func filesOfGeneratorsAffectTheirRoots() throws {
    defer { scratch.remove() }
    try scratch.write(
      "overlays/e/kustomization.yaml",
      "configMapGenerator: [{name: e, envs: [e.env], files: [f.txt]}]\n")
    try scratch.write("overlays/e/e.env", "A=1\n")
    try scratch.write("overlays/e/f.txt", "one\n")
    try commit()
    try git("branch", "-f", "main")
    #expect(try diff("--affected", "--format", "json").output.contains("\"roots\": []"))
    try scratch.write("overlays/e/f.txt", "two\n")
    #expect(try diff("--affected").output.contains("f.txt"))
    try scratch.write("overlays/e/f.txt", "one\n")
    try scratch.write("overlays/e/e.env", "A=2\n")
    let outcome = try diff("--affected", "--ignore", "ConfigMap/none")
    #expect(outcome.output.contains("data.A"))
    #expect(outcome.errors == "")
  }

  /// A path that leads out of the root's first directory keeps the revision before it.
  @Test func pathsOfTheOldSideHaveTheirRevision() throws {
    defer { scratch.remove() }
    try scratch.write("top/kustomization.yaml", "resources: [../base]\n")
    try commit()
    try git("branch", "-f", "main")
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    for arguments in [
      ["diff", "--base", "main", "top"], ["diff", "main:top", "top"],
      ["diff", "--all", "main:.", "."], ["diff", "main:./top", "top"],
    ] {
      let outcome = try BuiltCommand.run(arguments + ["--format", "json"], in: scratch.url)
      #expect(outcome.output.contains("\"file\": \"main:"), "\(arguments)")
      let files = outcome.output.split(separator: "\n").filter { $0.contains("\"file\": ") }
      let old = files.filter { $0.contains("\"main:") }
      #expect(old.count * 2 == files.count, "\(arguments): \(files)")
    }
  }

  @Test func aFailureOfTheOldSideNamesItsRevision() throws {
    defer { scratch.remove() }
    try scratch.write("base/kustomization.yaml", "resources: [none.yaml]\n")
    try commit()
    try git("branch", "-f", "main")
    try scratch.write("base/kustomization.yaml", "resources: [\n")
    let outcome = try BuiltCommand.run(["diff", "main:overlays/a", "overlays/a"], in: scratch.url)
    let place = "main:base/kustomization.yaml:1:13: error: "
    #expect(outcome.errors.contains(place), "\(outcome.errors)")
  }

  /// What replacements copy from a Secret is masked where they put it, in every format.
  @Test(arguments: ["text", "unified", "markdown", "json", "html"])
  func copiesOfSecretsAreMasked(format: String) throws {
    defer { scratch.remove() }
    let secret = { (value: String) in
      "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {token: \(value)}\n"
    }
    try scratch.write("s/secret.yaml", secret("0ldS3cret"))
    try scratch.write(
      "s/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {url: a/b}\n")
    try scratch.write(
      "s/kustomization.yaml",
      """
      resources: [secret.yaml, cm.yaml]
      replacements:
      - source: {kind: Secret, name: keys, fieldPath: stringData.token}
        targets:
        - select: {kind: ConfigMap}
          fieldPaths: [data.token, data.url]
          options: {create: true, delimiter: /}
      - source: {kind: ConfigMap, name: cm, fieldPath: metadata.name}
        targets:
        - select: {kind: ConfigMap}
          fieldPaths: [data.url]
          options: {delimiter: /, index: 1}

      """)
    try commit()
    try git("branch", "-f", "main")
    try scratch.write("s/secret.yaml", secret("n3wS3cret!"))
    let outcome = try diff("--format", format)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("token"))
    #expect(!outcome.output.contains("S3cret"), "\(outcome.output)")
    let shown = try diff("--format", format, "--show-secrets")
    #expect(shown.output.contains("n3wS3cret!/cm"), "\(shown.output)")
  }

  @Test func aDirectoryWithoutKustomizationLeadsToAll() throws {
    defer { scratch.remove() }
    let outcome = try BuiltCommand.run(["diff", "--base", "main"], in: scratch.url)
    #expect(outcome.errors.hasSuffix("; --all compares all directories below that have one\n"))
    #expect(outcome.status == 2)
  }

  // MARK: - The page

  @Test func aReportHasATitleAndContext() throws {
    defer { scratch.remove() }
    try git("checkout", "-q", "main")
    try scratch.write(
      "overlays/a/kustomization.yaml",
      "resources: [../../base]\nconfigMapGenerator: [{name: c, files: [t.txt]}]\n")
    try scratch.write("overlays/a/t.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")
    try commit()
    try git("checkout", "-q", "topic")
    try git("merge", "-q", "main")
    try scratch.write("overlays/a/t.txt", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n")
    let outcome = try diff("--title", "What #12 does", "--context", "1")
    #expect(outcome.output.hasPrefix("What #12 does\n\n"))
    #expect(
      outcome.output.contains(
        "      @@ -4,3 +4,3 @@\n        4\n      - 5\n      + five\n        6\n"))
    let patch = try diff("--format", "unified", "--context", "0").output
    #expect(patch.contains("\n-    5\n+    five\n"))
    #expect(!patch.contains("\n     4\n"))
    let page = try diff("--title", "What <#12> does", "--format", "html").output
    #expect(page.contains("<h1>What &lt;#12&gt; does</h1>"))
  }

  @Test func filesAreLinkedAtBothRevisions() throws {
    defer { scratch.remove() }
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    try commit()
    let base = "https://git.example.com/shop/blob"
    let page = try diff("--format", "html", "--link-base", base).output
    let addresses = page.components(separatedBy: "href=\"\(base)/").dropFirst().map {
      $0.prefix { $0 != "\"" }
    }
    #expect(addresses.count == 2)
    #expect(Set(addresses.map { $0.prefix(40) }).count == 2)
    #expect(addresses.allSatisfy { $0.dropFirst(40) == "/base/web.yaml#L11" })
    #expect(try diff("--link-base", base).status == 64)
    #expect(try diff("--format", "html", "--link-base", "javascript:x").status == 64)
  }

  @Test func labelsThatGetIntoSelectorsAreAWarning() throws {
    defer { scratch.remove() }
    try scratch.write(
      "overlays/b/kustomization.yaml",
      """
      namePrefix: b-
      namespace: ns-b
      resources: [../../base]
      labels: [{pairs: {team: shop}, includeSelectors: true}]

      """)
    let outcome = try diff()
    #expect(
      outcome.errors.hasPrefix(
        "overlays/b/kustomization.yaml:4:25: warning: \"team\" becomes part of"))
    #expect(outcome.errors.contains("[labels-in-selectors]"))
    try commit()
    try git("branch", "-f", "main")
    try scratch.write("base/web.yaml", Self.deployment("web", image: "registry.example.com/web:2"))
    // The root had one before.
    #expect(try diff().errors == "")
  }
}
