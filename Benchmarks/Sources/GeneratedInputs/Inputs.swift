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
}
