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

  /// Scripts that write overlays, with patches.
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

  /// Makes a kustomization with one object, and one that is a component.
  private static let fixtures = #"""
    layer() {
      mkdir -p "$1"
      printf 'apiVersion: v1\nkind: %s\nmetadata:\n  name: %s\n' "$2" "$3" > "$1/$3.yaml"
      printf 'resources:\n- %s.yaml\n' "$3" > "$1/kustomization.yaml"
    }
    component() {
      mkdir -p "$1"
      printf 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations:\n  %s: "on"\n' \
        "$2" > "$1/kustomization.yaml"
    }

    """#

  /// metal3-io/baremetal-operator's tools/deploy.sh (02aa5059), with basic authentication, TLS and keepalived.
  @Test func metal3() throws {
    let outcome = try shell(
      Self.fixtures + #"""
        layer config/namespace Namespace system
        layer config/base ConfigMap bmo
        component config/components/basic-auth auth
        component config/components/tls tls
        layer ironic-deployment/base ConfigMap ironic-base
        component ironic-deployment/components/basic-auth auth
        component ironic-deployment/components/keepalived keepalived
        SCRIPTDIR=$PWD BMO_IMAGE_TAG=v0.9.0
        TEMP_BMO_OVERLAY="${SCRIPTDIR}/config/overlays/temp"
        TEMP_IRONIC_OVERLAY="${SCRIPTDIR}/ironic-deployment/overlays/temp"
        mkdir -p "${TEMP_BMO_OVERLAY}"
        mkdir -p "${TEMP_IRONIC_OVERLAY}"
        echo admin > "${TEMP_BMO_OVERLAY}/ironic-username"
        echo secret > "${TEMP_BMO_OVERLAY}/ironic-password"
        echo admin:x > "${TEMP_IRONIC_OVERLAY}/ironic-htpasswd"

        cd "${TEMP_IRONIC_OVERLAY}"
        ${KUSTOMIZE} create --resources=../../../config/namespace         --namespace=baremetal-operator-system --nameprefix=baremetal-operator-
        ${KUSTOMIZE} edit add secret ironic-htpasswd --from-file=htpasswd=ironic-htpasswd
        ${KUSTOMIZE} edit add resource ../../base
        ${KUSTOMIZE} edit add component ../../components/basic-auth
        ${KUSTOMIZE} edit add component ../../components/keepalived

        cd "${TEMP_BMO_OVERLAY}"
        ${KUSTOMIZE} create --resources=../../base,../../namespace         --namespace=baremetal-operator-system
        ${KUSTOMIZE} edit add component ../../components/basic-auth
        ${KUSTOMIZE} edit add secret ironic-credentials             --from-file=username=ironic-username --from-file=password=ironic-password
        ${KUSTOMIZE} edit add component ../../components/tls
        ${KUSTOMIZE} edit set image quay.io/metal3-io/baremetal-operator=quay.io/metal3-io/baremetal-operator:"${BMO_IMAGE_TAG}"

        echo HTTP_PORT=6180 > "${TEMP_BMO_OVERLAY}/ironic.env"
        ${KUSTOMIZE} edit add configmap ironic --behavior=create --from-env-file=ironic.env
        ${KUSTOMIZE} build "${TEMP_BMO_OVERLAY}"

        cd "${TEMP_IRONIC_OVERLAY}"
        echo IRONIC_FAST_TRACK=true > ironic_bmo_configmap.env
        ${KUSTOMIZE} edit add configmap ironic-bmo-configmap --behavior=create --from-env-file=ironic_bmo_configmap.env
        echo ---
        ${KUSTOMIZE} build "${TEMP_IRONIC_OVERLAY}"
        """#)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors == "")
    #expect(
      directory.read("config/overlays/temp/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - ../../base
        - ../../namespace
        namespace: baremetal-operator-system
        configMapGenerator:
        - name: ironic
          behavior: create
          envs:
          - ironic.env
        secretGenerator:
        - name: ironic-credentials
          type: Opaque
          files:
          - username=ironic-username
          - password=ironic-password
        images:
        - name: quay.io/metal3-io/baremetal-operator
          newName: quay.io/metal3-io/baremetal-operator
          newTag: v0.9.0
        components:
        - ../../components/basic-auth
        - ../../components/tls

        """)
    #expect(
      directory.read("ironic-deployment/overlays/temp/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - ../../../config/namespace
        - ../../base
        namePrefix: baremetal-operator-
        namespace: baremetal-operator-system
        configMapGenerator:
        - name: ironic-bmo-configmap
          behavior: create
          envs:
          - ironic_bmo_configmap.env
        secretGenerator:
        - name: ironic-htpasswd
          type: Opaque
          files:
          - htpasswd=ironic-htpasswd
        components:
        - ../../components/basic-auth
        - ../../components/keepalived

        """)
    // The bytes are those of v5.8.1 after its own edits.
    #expect(
      outcome.output == """
        apiVersion: v1
        kind: Namespace
        metadata:
          annotations:
            auth: "on"
            tls: "on"
          name: baremetal-operator-system
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations:
            auth: "on"
            tls: "on"
          name: bmo
          namespace: baremetal-operator-system
        ---
        apiVersion: v1
        data:
          HTTP_PORT: "6180"
        kind: ConfigMap
        metadata:
          annotations:
            auth: "on"
            tls: "on"
          name: ironic-4d6d22k4gt
          namespace: baremetal-operator-system
        ---
        apiVersion: v1
        data:
          password: c2VjcmV0Cg==
          username: YWRtaW4K
        kind: Secret
        metadata:
          annotations:
            auth: "on"
            tls: "on"
          name: ironic-credentials-847cdgbftg
          namespace: baremetal-operator-system
        type: Opaque
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          annotations:
            auth: "on"
            keepalived: "on"
          name: baremetal-operator-system
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations:
            auth: "on"
            keepalived: "on"
          name: baremetal-operator-ironic-base
          namespace: baremetal-operator-system
        ---
        apiVersion: v1
        data:
          IRONIC_FAST_TRACK: "true"
        kind: ConfigMap
        metadata:
          annotations:
            auth: "on"
            keepalived: "on"
          name: baremetal-operator-ironic-bmo-configmap-fm9kd4d7f8
          namespace: baremetal-operator-system
        ---
        apiVersion: v1
        data:
          htpasswd: YWRtaW46eAo=
        kind: Secret
        metadata:
          annotations:
            auth: "on"
            keepalived: "on"
          name: baremetal-operator-ironic-htpasswd-644htbb4mg
          namespace: baremetal-operator-system
        type: Opaque

        """)
  }

  /// operate-first/apps' notebooks and guides (34402be8): a new cluster and a new project.
  @Test func operateFirst() throws {
    let outcome = try shell(
      Self.fixtures + #"""
        CLUSTER_REGION=emea CLUSTER_NAME=rick TEAM_NAME=team DASHBOARD_FOLDER=dashboards
        SCOPE=cluster-scope/overlays/prod/${CLUSTER_REGION}/${CLUSTER_NAME}
        ENVS=argocd/overlays/moc-infra/applications/envs/${CLUSTER_REGION}/${CLUSTER_NAME}
        APPS=argocd/overlays/moc-infra/applications/app-of-apps
        component cluster-scope/components/resourcequotas/small quota
        component cluster-scope/components/limitranges/default limits
        layer cluster-scope/base/core/configmaps/cluster-monitoring-config ConfigMap cluster-monitoring-config
        layer cluster-scope/base/core/namespaces/opf-alertreceiver Namespace opf-alertreceiver
        layer cluster-scope/base/user.openshift.io/groups/team Group team
        layer $SCOPE ConfigMap own
        layer $APPS ConfigMap app-of-apps-rick
        printf '# apps\nresources: []\n' > $APPS/kustomization.yaml
        layer $ENVS/cluster-management ConfigMap cluster-resources
        layer $ENVS/cluster-management ConfigMap alertreceiver
        rm $ENVS/cluster-management/kustomization.yaml
        layer grafana/dashboards ConfigMap dashboard
        printf 'resources: []\n' > grafana/kustomization.yaml
        rm grafana/dashboards/kustomization.yaml
        TOP=$PWD

        cd cluster-scope/overlays/prod/${CLUSTER_REGION}/${CLUSTER_NAME} && kustomize edit add resource ../../../../base/core/configmaps/cluster-monitoring-config
        kustomize edit add resource ../../../../base/core/namespaces/opf-alertreceiver
        kustomize edit add component ../../../../components/resourcequotas/small
        kustomize edit add component ../../../../components/limitranges/default
        cd $TOP/argocd/overlays/moc-infra/applications/app-of-apps && kustomize edit add resource app-of-apps-${CLUSTER_NAME}.yaml
        cd $TOP/$ENVS && kustomize init --namespace argocd --namesuffix -${CLUSTER_NAME}
        cd $TOP/$ENVS/cluster-management && kustomize init --resources cluster-resources.yaml
        cd $TOP/$ENVS && kustomize edit add resource cluster-management
        cd $TOP/$ENVS/cluster-management && kustomize edit add resource alertreceiver.yaml
        cd $TOP/$SCOPE && kustomize edit add resource ../../../../base/user.openshift.io/groups/${TEAM_NAME}
        cd $TOP/grafana/dashboards && kustomize create --autodetect
        cd .. && kustomize edit add resource ${DASHBOARD_FOLDER}
        cd $TOP
        for d in $SCOPE $ENVS $APPS grafana; do
          echo ---
          kustomize build $d --enable-alpha-plugins
        done
        """#)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors == "")
    let apps = "argocd/overlays/moc-infra/applications"
    #expect(
      directory.read("cluster-scope/overlays/prod/emea/rick/kustomization.yaml") == """
        resources:
        - own.yaml
        - ../../../../base/core/configmaps/cluster-monitoring-config
        - ../../../../base/core/namespaces/opf-alertreceiver
        - ../../../../base/user.openshift.io/groups/team
        components:
        - ../../../../components/resourcequotas/small
        - ../../../../components/limitranges/default

        """)
    #expect(
      directory.read("\(apps)/app-of-apps/kustomization.yaml")
        == "# apps\nresources:\n- app-of-apps-rick.yaml\n")
    #expect(
      directory.read("\(apps)/envs/emea/rick/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - cluster-management
        nameSuffix: -rick
        namespace: argocd

        """)
    #expect(
      directory.read("\(apps)/envs/emea/rick/cluster-management/kustomization.yaml") == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - cluster-resources.yaml
        - alertreceiver.yaml

        """)
    #expect(
      outcome.output == """
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          annotations:
            limits: "on"
            quota: "on"
          name: opf-alertreceiver
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations:
            limits: "on"
            quota: "on"
          name: cluster-monitoring-config
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations:
            limits: "on"
            quota: "on"
          name: own
        ---
        apiVersion: v1
        kind: Group
        metadata:
          annotations:
            limits: "on"
            quota: "on"
          name: team
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: alertreceiver-rick
          namespace: argocd
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cluster-resources-rick
          namespace: argocd
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: app-of-apps-rick
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: dashboard

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
