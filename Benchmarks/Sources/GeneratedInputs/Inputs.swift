/// The inputs whose times the project promises something about.
public enum Inputs {
  /// One small resource.
  public static func small() -> GeneratedInput {
    var input = GeneratedInput(root: "small")
    input.add("small/config.yaml", Objects.configMap("settings"))
    input.addKustomization(in: "small", resources: ["config.yaml"])
    return input
  }

  /// A quarter each of Deployment, Service, ServiceAccount and ConfigMap in a base, and an overlay that
  /// does to them what overlays do.
  public static func shop(resources count: Int) -> GeneratedInput {
    var input = GeneratedInput(root: "overlay")
    var files: [String] = []
    for number in 0..<max(count / 4, 1) {
      let name = "app-\(number)"
      let objects = [
        Objects.deployment(name), Objects.service(name), Objects.serviceAccount(name),
        Objects.configMap(name),
      ]
      input.add("base/\(name).yaml", objects.joined(separator: "---\n"))
      files.append("\(name).yaml")
    }
    input.addKustomization(in: "base", resources: files)
    input.addKustomization(in: "overlay", resources: ["../base"], shopOverlay)
    return input
  }

  private static let shopOverlay = """
    namePrefix: prod-
    namespace: production
    labels:
    - includeSelectors: true
      pairs:
        environment: production
        team: shop
    commonAnnotations:
      contact: shop@example.com
    images:
    - name: example.com/proxy
      newTag: "2.2"
    configMapGenerator:
    - name: release
      literals:
      - version=1.2.3
    patches:
    - target:
        kind: Deployment
      patch: |-
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: any
        spec:
          template:
            spec:
              containers:
              - name: main
                env:
                - name: STAGE
                  value: production
    - target:
        kind: Service
      patch: |-
        - op: add
          path: /spec/type
          value: ClusterIP

    """

  /// Custom resource definitions of about so many bytes, in files of about a quarter megabyte.
  public static func definitions(bytes: Int) -> GeneratedInput {
    var input = GeneratedInput(root: "definitions")
    var files: [String] = []
    var number = 0
    while input.byteCount < bytes {
      let text = (0..<8).map { Objects.customResourceDefinition(number + $0) }
        .joined(separator: "---\n")
      number += 8
      files.append("crds-\(files.count).yaml")
      input.add("definitions/crds-\(files.count - 1).yaml", text)
    }
    input.addKustomization(in: "definitions", resources: files)
    return input
  }

  /// Overlays side by side, ten on each base, which share what all bases stand on. The root is the top,
  /// for `render --all`.
  public static func overlays(_ count: Int) -> GeneratedInput {
    var input = GeneratedInput(root: "apps")
    let common = (0..<10).map { Objects.configMap("common-\($0)") }
    input.add("apps/common/settings.yaml", common.joined(separator: "---\n"))
    input.addKustomization(in: "apps/common", resources: ["settings.yaml"])
    for number in 0..<max(count / 10, 1) {
      let objects = (0..<5).map { "app-\(number)-\($0)" }
        .flatMap { [Objects.deployment($0), Objects.service($0), Objects.configMap($0)] }
      input.add("apps/base-\(number)/app.yaml", objects.joined(separator: "---\n"))
      input.addKustomization(
        in: "apps/base-\(number)", resources: ["../common", "app.yaml"], "namePrefix: shop-\n")
    }
    for number in 0..<count {
      input.addKustomization(
        in: "apps/overlay-\(number)", resources: ["../base-\(number / 10)"], shopOverlay)
    }
    return input
  }

  /// A config map made of one file, which whoever writes this to a disk makes.
  public static func fileInConfigMap() -> GeneratedInput {
    var input = GeneratedInput(root: "all")
    input.addKustomization(
      in: "all", resources: [], "configMapGenerator:\n- name: large\n  files: [file]\n")
    return input
  }
}
