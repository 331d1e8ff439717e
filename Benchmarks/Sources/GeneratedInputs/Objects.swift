/// Kubernetes objects of the size that people write.
enum Objects {
  static func deployment(_ name: String, configMap: String? = nil) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: \(name)
      labels:
        app: \(name)
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: \(name)
      template:
        metadata:
          labels:
            app: \(name)
        spec:
          serviceAccountName: \(name)
          containers:
          - name: main
            image: example.com/shop/\(name):1.0.0
            args:
            - --listen=:8080
            - --log-level=info
            ports:
            - containerPort: 8080
              name: http
            env:
            - name: LOG_FORMAT
              value: json
            - name: REGION
              valueFrom:
                configMapKeyRef:
                  name: \(configMap ?? name)
                  key: region
            resources:
              requests:
                cpu: 100m
                memory: 128Mi
              limits:
                memory: 256Mi
            readinessProbe:
              httpGet:
                path: /healthz
                port: http
          - name: proxy
            image: example.com/proxy:2.1

    """
  }

  static func service(_ name: String) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata:
      name: \(name)
      labels:
        app: \(name)
    spec:
      selector:
        app: \(name)
      ports:
      - name: http
        port: 80
        targetPort: http

    """
  }

  static func serviceAccount(_ name: String, namespace: String? = nil) -> String {
    "apiVersion: v1\nkind: ServiceAccount\n\(metadata(name, namespace))"
  }

  static func configMap(_ name: String, namespace: String? = nil) -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    \(metadata(name, namespace))data:
      region: eu-west-1
      settings: |
        cache: 64
        workers: 4

    """
  }

  static func pod(_ name: String, namespace: String, configMap: String) -> String {
    """
    apiVersion: v1
    kind: Pod
    \(metadata(name, namespace))spec:
      containers:
      - name: main
        image: example.com/\(name)
        envFrom:
        - configMapRef:
            name: \(configMap)

    """
  }

  static func clusterRoleBinding(_ name: String, account: String, namespace: String) -> String {
    """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    \(metadata(name, nil))roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
    - kind: ServiceAccount
      name: \(account)
      namespace: \(namespace)

    """
  }

  /// A definition of some 25 kilobytes, most of it descriptions, as generators make them.
  static func customResourceDefinition(_ number: Int) -> String {
    let kind = "Widget\(number)"
    var text = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        annotations:
          controller-gen.kubebuilder.io/version: v0.14.0
        name: widget\(number)s.example.com
      spec:
        group: example.com
        names:
          kind: \(kind)
          listKind: \(kind)List
          plural: widget\(number)s
          singular: widget\(number)
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              description: \(kind) is the Schema for the widgets API.
              type: object
              properties:
                spec:
                  type: object
                  properties:

      """
    for field in 0..<60 { text += property("field\(field)") }
    return text
  }

  private static func property(_ name: String) -> String {
    """
                    \(name):
                      description: |-
                        \(name) says how the widget is treated when more than one of them
                        is selected. Defaults to the value of the cluster; see the documentation.
                      type: object
                      required:
                      - matchLabels
                      properties:
                        matchLabels:
                          additionalProperties:
                            type: string
                          type: object
                        weight:
                          description: Weight in the range 1-100, with 0 meaning "not selected".
                          format: int32
                          minimum: 0
                          type: integer

    """
  }

  private static func metadata(_ name: String, _ namespace: String?) -> String {
    let place = namespace.map { "  namespace: \($0)\n" } ?? ""
    return "metadata:\n  name: \(name)\n\(place)"
  }
}
