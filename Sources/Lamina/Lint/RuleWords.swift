/// The symbols of the words that rules about objects look for.
///
/// Looked up once for a build. A word that no file of the build has gets a symbol that no key and no kind
/// equals; such a symbol has no text and must not be asked for it.
final class RuleWords {
  // Kinds.
  let clusterRole: Symbol
  let cronJob: Symbol
  let ingress: Symbol
  let networkPolicy: Symbol
  let persistentVolumeClaim: Symbol
  let pod: Symbol
  let podDisruptionBudget: Symbol
  let podAutoscaler: Symbol
  let service: Symbol
  let statefulSet: Symbol

  // Groups.
  let apps: Symbol
  let batch: Symbol
  let extensions: Symbol

  // Fields.
  let claimName: Symbol
  let configMapKeyRef: Symbol
  let configMapRef: Symbol
  let configMap: Symbol
  let containerPort: Symbol
  let env: Symbol
  let envFrom: Symbol
  let ephemeralContainers: Symbol
  let imagePullSecrets: Symbol
  let jobTemplate: Symbol
  let key: Symbol
  let matchExpressions: Symbol
  let matchLabels: Symbol
  let mountPath: Symbol
  let claim: Symbol
  let `operator`: Symbol
  let optional: Symbol
  let podSelector: Symbol
  let ports: Symbol
  let projected: Symbol
  let `protocol`: Symbol
  let replicas: Symbol
  let scaleTargetRef: Symbol
  let secretField: Symbol
  let secretKeyRef: Symbol
  let secretName: Symbol
  let secretRef: Symbol
  let selector: Symbol
  let serviceAccountName: Symbol
  let sources: Symbol
  let targetPort: Symbol
  let template: Symbol
  let valueFrom: Symbol
  let values: Symbol
  let volumeClaimTemplates: Symbol
  let volumeDevices: Symbol
  let volumeMounts: Symbol
  let volumes: Symbol

  init(_ symbols: SymbolTable) {
    func find(_ word: StaticString) -> Symbol {
      word.withUTF8Buffer { symbols.find($0.span) } ?? Symbol(raw: .max)
    }
    clusterRole = find("ClusterRole")
    cronJob = find("CronJob")
    ingress = find("Ingress")
    networkPolicy = find("NetworkPolicy")
    persistentVolumeClaim = find("PersistentVolumeClaim")
    pod = find("Pod")
    podDisruptionBudget = find("PodDisruptionBudget")
    podAutoscaler = find("HorizontalPodAutoscaler")
    service = find("Service")
    statefulSet = find("StatefulSet")
    apps = find("apps")
    batch = find("batch")
    extensions = find("extensions")
    claimName = find("claimName")
    configMapKeyRef = find("configMapKeyRef")
    configMapRef = find("configMapRef")
    configMap = find("configMap")
    containerPort = find("containerPort")
    env = find("env")
    envFrom = find("envFrom")
    ephemeralContainers = find("ephemeralContainers")
    imagePullSecrets = find("imagePullSecrets")
    jobTemplate = find("jobTemplate")
    key = find("key")
    matchExpressions = find("matchExpressions")
    matchLabels = find("matchLabels")
    mountPath = find("mountPath")
    claim = find("persistentVolumeClaim")
    `operator` = find("operator")
    optional = find("optional")
    podSelector = find("podSelector")
    ports = find("ports")
    projected = find("projected")
    `protocol` = find("protocol")
    replicas = find("replicas")
    scaleTargetRef = find("scaleTargetRef")
    secretField = find("secret")
    secretKeyRef = find("secretKeyRef")
    secretName = find("secretName")
    secretRef = find("secretRef")
    selector = find("selector")
    serviceAccountName = find("serviceAccountName")
    sources = find("sources")
    targetPort = find("targetPort")
    template = find("template")
    valueFrom = find("valueFrom")
    values = find("values")
    volumeClaimTemplates = find("volumeClaimTemplates")
    volumeDevices = find("volumeDevices")
    volumeMounts = find("volumeMounts")
    volumes = find("volumes")
  }

  /// The kind is one of those that make pods in Kubernetes itself.
  func isBuiltInWorkload(_ type: GroupVersionKind) -> Bool {
    type.group.isEmpty || type.group == apps || type.group == batch || type.group == extensions
  }
}
