import Foundation
import Testing

/// What build scripts and tools run of kustomize, word for word, with this command under its name.
@Suite struct CallerTests {
  private let directory: ScratchDirectory

  init() throws {
    directory = try ScratchDirectory()
    try directory.link("bin/kustomize", to: BuiltCommand.url.path)
    try directory.write(
      "config/manager/manager.yaml",
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: controller-manager
      spec:
        template:
          spec:
            containers:
            - image: controller:latest
              name: manager

      """)
    try directory.write(
      "config/manager/kustomization.yaml",
      """
      resources:
      - manager.yaml # the only one
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      images:
      - name: controller # set by `make deploy`
        newName: controller
        newTag: latest

      """)
    try directory.write(
      "config/default/kustomization.yaml",
      """
      # Adds namespace to all resources.
      namespace: project-system
      namePrefix: project-
      resources:
      - ../manager

      """)
  }

  private func shell(_ script: String) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(
      program: "/bin/sh", ["-ec", script], in: directory.url,
      environment: [
        "PATH": "\(directory.path("bin")):/usr/bin:/bin",
        "KUSTOMIZE": directory.path("bin/kustomize"),
        "IMG": "example.com/project:v0.1.0", "HOME": directory.path("."),
      ])
  }

  /// kubebuilder's and operator-sdk's Makefile: `deploy`, `build-installer` and `bundle`.
  @Test func makefilesOfOperators() throws {
    let outcome = try shell(
      """
      cd config/manager && ${KUSTOMIZE} edit set image controller=${IMG}
      cd ../.. && "$KUSTOMIZE" build config/default > install.yaml
      cat install.yaml
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors == "")
    #expect(
      directory.read("config/manager/kustomization.yaml") == """
        resources:
        - manager.yaml # the only one
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        images:
        - name: controller # set by `make deploy`
          newName: example.com/project
          newTag: v0.1.0

        """)
    #expect(
      outcome.output == """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: project-controller-manager
          namespace: project-system
        spec:
          template:
            spec:
              containers:
              - image: example.com/project:v0.1.0
                name: manager

        """)
  }

  /// Argo CD's util/kustomize: the calls in its order and with its quoting, then the build.
  @Test func argoCD() throws {
    try directory.write(
      "component/kustomization.yaml",
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {from: component}\n"
    )
    let outcome = try shell(
      """
      kustomize version --short >/dev/null
      cd config/default
      kustomize edit set nameprefix -- pre-
      kustomize edit set namesuffix -- -suf
      kustomize edit set image controller=reg.example.com/controller:v2 other:1.10
      kustomize edit set replicas controller-manager=2
      kustomize edit add label --force --without-selector --include-templates app.kubernetes.io/instance:shop
      kustomize edit add annotation --force team:shop
      kustomize edit set namespace -- prod
      kustomize edit add component ../../component
      kustomize build . --enable-helm=false --load-restrictor LoadRestrictionsNone
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      directory.read("config/default/kustomization.yaml") == """
        # Adds namespace to all resources.
        namespace: prod
        namePrefix: pre-
        resources:
        - ../manager
        nameSuffix: -suf
        labels:
        - includeTemplates: true
          pairs:
            app.kubernetes.io/instance: shop
        commonAnnotations:
          team: shop
        images:
        - name: controller
          newName: reg.example.com/controller
          newTag: v2
        - name: other
          newTag: "1.10"
        replicas:
        - name: controller-manager
          count: 2
        components:
        - ../../component

        """)
    #expect(
      outcome.output == """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          annotations:
            from: component
            team: shop
          labels:
            app.kubernetes.io/instance: shop
          name: pre-controller-manager-suf
          namespace: prod
        spec:
          replicas: 2
          template:
            metadata:
              annotations:
                from: component
                team: shop
              labels:
                app.kubernetes.io/instance: shop
            spec:
              containers:
              - image: reg.example.com/controller:v2
                name: manager

        """)
  }

  /// Argo CD reads the version from between braces, Tilt and Skaffold only run the build.
  @Test func versions() throws {
    let short = try shell("kustomize version --short")
    #expect(short.output == "{v5.8.1  2026-01-01T00:00:00Z   }\n")
    #expect(
      short.errors == "Flag --short has been deprecated, and will be removed in the future.\n")
    #expect(try shell("kustomize version").output == "v5.8.1\n")
    #expect(
      try shell("kustomize version -o json | grep '\"version\"'").output
        == "  \"version\": \"v5.8.1\",\n")
    #expect(try shell("kustomize version -o yaml | sed -n 's/^version: //p'").output == "v5.8.1\n")
  }

  /// Skaffold, Tilt, DevSpace and Spinnaker's rosco only build.
  @Test(arguments: [
    "kustomize build config/default", "kustomize build \"$PWD/config/default\"",
    "kustomize build config/default --load-restrictor LoadRestrictionsNone",
    "kustomize build --load-restrictor=LoadRestrictionsRootOnly --enable-helm config/default",
    "cd config/default && kustomize build", "$KUSTOMIZE build config/default -o /dev/stdout",
  ])
  func builders(call: String) throws {
    let outcome = try shell(call)
    #expect(outcome.output.hasPrefix("apiVersion: apps/v1\nkind: Deployment\n"))
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    ("kustomize build a b", "Error: specify one path to kustomization.yaml"),
    ("kustomize nosuch", "Error: unknown command \"nosuch\" for \"kustomize\""),
    ("kustomize build --nosuch", "Error: unknown flag: --nosuch"),
    (
      "kustomize build . --load-restrictor x",
      "Error: illegal flag value --load-restrictor x; legal values: [LoadRestrictionsNone LoadRestrictionsRootOnly]"
    ),
    (
      "kustomize build .",
      "Error: .: error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '.'"
    ),
    ("kustomize edit set image", "Error: no image specified"),
  ])
  func mistakesBeginWithError(call: String, words: String) throws {
    let outcome = try shell(call)
    #expect(outcome.errors.split(separator: "\n").first.map { String($0) } == words)
    #expect(outcome.output == "")
    #expect(outcome.status == 1)
  }

  /// metal3's and operate-first's scripts, and those that add patches.
  @Test func scriptsThatWriteOverlays() throws {
    let outcome = try shell(
      """
      mkdir -p overlay && cd overlay
      kustomize create --resources=../config/default,../config/manager --namespace=metal
      kustomize edit remove resource ../config/manager
      kustomize edit add patch --kind Deployment --patch '- op: add
        path: /spec/replicas
        value: 4'
      kustomize edit add configmap settings --from-literal=A=1 --disableNameSuffixHash
      kustomize build . | grep -c -e 'replicas: 4' -e 'name: settings'
      mkdir ../init && cd ../init && kustomize init && kustomize edit add resource ../config/*
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "2\n")
    #expect(
      directory.read("overlay/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - ../config/default
        namespace: metal
        patches:
        - patch: |-
            - op: add
              path: /spec/replicas
              value: 4
          target:
            kind: Deployment
        configMapGenerator:
        - name: settings
          literals:
          - A=1
          options:
            disableNameSuffixHash: true

        """)
    #expect(
      directory.read("init/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - ../config/default
        - ../config/manager

        """)
  }

  /// A promotion job: one line of the commit changes.
  @Test func promotionJob() throws {
    let outcome = try shell(
      """
      git init -q . && git add config && git -c user.name=a -c user.email=b commit -qm start
      cd config/manager && kustomize edit set image controller=*:v7 && cd ../..
      git diff --numstat
      """)
    #expect(outcome.output == "1\t1\tconfig/manager/kustomization.yaml\n", "\(outcome.errors)")
  }

  /// The same by the command's own name, and as a plugin of kubectl.
  @Test func otherNames() throws {
    try directory.link("bin/kubectl-render", to: BuiltCommand.url.path)
    let render = BuiltCommand.url.path
    let built = try shell("kustomize build config/default").output
    #expect(try shell("\(render) kustomize build config/default").output == built)
    #expect(try shell("kubectl-render config/default").output == built)
    #expect(
      try shell(
        "kubectl-render edit set namespace x -C config/default && kubectl-render config/default | grep -c 'namespace: x'"
      ).output == "1\n")
    #expect(try shell("kustomize --help").output.hasPrefix("Usage:\n  kustomize [command]\n"))
    #expect(try shell("kustomize openapi info").output == "{title:Kubernetes,version:v1.21.2}\n")
  }
}
