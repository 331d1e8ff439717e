"""Random resources, one function for each kind.

To cover another kind, write a function of the tree that returns the resource and
decorate it with `@kind`. The order of the functions is part of what a seed means:
an added or moved function changes the trees of existing seeds.
"""

from .pods import pod_spec, pod_template, workload_spec
from .words import NAMESPACES

KINDS = []


def kind(weight=1):
    """Registers a function; a kind with weight 2 is twice as frequent."""

    def register(function):
        KINDS.extend([function] * weight)
        return function

    return register


def resource(tree, api_version, name, **fields):
    """A resource of the kind `name`, with a new name of its own."""
    return {
        "apiVersion": api_version,
        "kind": name,
        "metadata": {"name": tree.new_name(name)},
        **fields,
    }


@kind(3)
def config_map(tree):
    result = resource(tree, "v1", "ConfigMap")
    if tree.chance(0.9):
        size = tree.rng.randrange(0, 5)
        result["data"] = {tree.key(): tree.text() for _ in range(size)}
    return result


@kind(2)
def secret(tree):
    result = resource(tree, "v1", "Secret", type=tree.choose(["Opaque", "kubernetes.io/tls"]))
    result[tree.choose(["data", "stringData"])] = {tree.key(): tree.choose(["YQ==", "aGVsbG8="])}
    return result


@kind(2)
def service(tree):
    ports = [{"port": 80, "targetPort": tree.choose([8080, "http"])}]
    spec = {"ports": ports}
    if tree.chance(0.7):
        spec["selector"] = tree.label_map()
    return resource(tree, "v1", "Service", spec=spec)


@kind()
def service_account(tree):
    result = resource(tree, "v1", "ServiceAccount")
    if tree.chance(0.3):
        result["imagePullSecrets"] = [{"name": tree.name_of("Secret")}]
    return result


@kind()
def pod(tree):
    return resource(tree, "v1", "Pod", spec=pod_spec(tree))


@kind(4)
def deployment(tree):
    version = tree.choose(["apps/v1", "apps/v1", "apps/v1", "extensions/v1beta1"])
    return resource(tree, version, "Deployment", spec=workload_spec(tree))


@kind(2)
def stateful_set(tree):
    spec = workload_spec(tree)
    if tree.chance(0.7):
        spec["serviceName"] = tree.name_of("Service")
    if tree.chance(0.4):
        claim = {"metadata": {"name": "data"}, "spec": {"resources": {}}}
        if tree.chance(0.5):
            claim["spec"]["storageClassName"] = tree.name_of("StorageClass")
        spec["volumeClaimTemplates"] = [claim]
        tree.has_claim_templates = True
    return resource(tree, "apps/v1", "StatefulSet", spec=spec)


@kind()
def daemon_set(tree):
    return resource(tree, "apps/v1", "DaemonSet", spec=workload_spec(tree, replicas=False))


@kind()
def replica_set(tree):
    return resource(tree, "apps/v1", "ReplicaSet", spec=workload_spec(tree))


@kind()
def replication_controller(tree):
    spec = workload_spec(tree, selector=False)
    return resource(tree, "v1", "ReplicationController", spec=spec)


@kind()
def job(tree):
    spec = workload_spec(tree, selector=tree.chance(0.2), replicas=False)
    return resource(tree, "batch/v1", "Job", spec=spec)


@kind(2)
def cron_job(tree):
    spec = {
        "schedule": tree.choose(["@daily", "*/5 * * * *", "0 3 * * 1"]),
        "jobTemplate": {"spec": workload_spec(tree, selector=tree.chance(0.2), replicas=False)},
    }
    return resource(tree, tree.choose(["batch/v1", "batch/v1beta1"]), "CronJob", spec=spec)


@kind()
def pod_template_resource(tree):
    return resource(tree, "v1", "PodTemplate", template=pod_template(tree))


@kind(2)
def ingress(tree):
    if tree.chance(0.3):
        backend = {"serviceName": tree.name_of("Service"), "servicePort": 80}
        spec = {"backend": backend, "rules": [{"http": {"paths": [{"backend": backend}]}}]}
        return resource(tree, "extensions/v1beta1", "Ingress", spec=spec)
    backend = {"service": {"name": tree.name_of("Service"), "port": {"number": 80}}}
    path = {"path": "/", "pathType": "Prefix", "backend": backend}
    spec = {"rules": [{"host": "a.example.com", "http": {"paths": [path]}}]}
    if tree.chance(0.4):
        spec["defaultBackend"] = {"service": {"name": tree.name_of("Service")}}
    if tree.chance(0.4):
        spec["tls"] = [{"hosts": ["a.example.com"], "secretName": tree.name_of("Secret")}]
    if tree.chance(0.2):
        spec["ingressClassName"] = tree.name_of("IngressClass")
    result = resource(tree, "networking.k8s.io/v1", "Ingress", spec=spec)
    if tree.chance(0.2):
        name = "nginx.ingress.kubernetes.io/auth-secret"
        result["metadata"]["annotations"] = {name: tree.name_of("Secret")}
    return result


@kind()
def ingress_class(tree):
    spec = {"controller": "example.com/ingress"}
    return resource(tree, "networking.k8s.io/v1", "IngressClass", spec=spec)


@kind()
def network_policy(tree):
    peer = {"podSelector": {"matchLabels": tree.label_map()}}
    spec = {
        "podSelector": tree.choose([{}, {"matchLabels": tree.label_map()}]),
        "ingress": [{"from": [peer, {"namespaceSelector": {}}]}],
    }
    if tree.chance(0.3):
        spec["egress"] = [{"to": [peer]}, {}]
    return resource(tree, "networking.k8s.io/v1", "NetworkPolicy", spec=spec)


def rules(tree):
    rule = {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}
    if tree.chance(0.5):
        of = tree.choose(["ConfigMap", "Secret", "PersistentVolume"])
        rule["resourceNames"] = [tree.name_of(of), tree.name_of(of)]
    return [rule]


@kind()
def role(tree):
    return resource(tree, "rbac.authorization.k8s.io/v1", "Role", rules=rules(tree))


@kind()
def cluster_role(tree):
    return resource(tree, "rbac.authorization.k8s.io/v1", "ClusterRole", rules=rules(tree))


def subjects(tree):
    result = []
    for _ in range(tree.rng.randrange(0, 4)):
        name = tree.choose(["default", tree.name_of("ServiceAccount")])
        subject = {"kind": tree.choose(["ServiceAccount", "ServiceAccount", "User"]), "name": name}
        if tree.chance(0.5):
            subject["namespace"] = tree.choose(NAMESPACES)
        result.append(subject)
    return result


@kind()
def role_binding(tree):
    of = tree.choose(["Role", "ClusterRole"])
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": of, "name": tree.name_of(of)}
    return resource(
        tree,
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        roleRef=reference,
        subjects=subjects(tree),
    )


@kind()
def cluster_role_binding(tree):
    reference = {
        "apiGroup": "rbac.authorization.k8s.io",
        "kind": "ClusterRole",
        "name": tree.name_of("ClusterRole"),
    }
    return resource(
        tree,
        "rbac.authorization.k8s.io/v1",
        "ClusterRoleBinding",
        roleRef=reference,
        subjects=subjects(tree),
    )


@kind(2)
def autoscaler(tree):
    of = tree.choose(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Cart"])
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": of, "name": tree.name_of(of)},
        "maxReplicas": 10,
    }
    version = tree.choose(["autoscaling/v1", "autoscaling/v2"])
    return resource(tree, version, "HorizontalPodAutoscaler", spec=spec)


@kind()
def disruption_budget(tree):
    spec = {"minAvailable": tree.choose([1, "50%"])}
    if tree.chance(0.7):
        spec["selector"] = {"matchLabels": tree.label_map()}
    return resource(tree, "policy/v1", "PodDisruptionBudget", spec=spec)


@kind()
def volume(tree):
    spec = {"capacity": {"storage": "1Gi"}, "storageClassName": tree.name_of("StorageClass")}
    return resource(tree, "v1", "PersistentVolume", spec=spec)


@kind()
def volume_claim(tree):
    spec = {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": tree.name_of("StorageClass"),
        "volumeName": tree.name_of("PersistentVolume"),
    }
    return resource(tree, "v1", "PersistentVolumeClaim", spec=spec)


@kind()
def storage_class(tree):
    parameters = {"secretName": tree.name_of("Secret")}
    return resource(tree, "storage.k8s.io/v1", "StorageClass", parameters=parameters)


@kind()
def priority_class(tree):
    return resource(tree, "scheduling.k8s.io/v1", "PriorityClass", value=1000)


@kind()
def namespace_resource(tree):
    return resource(tree, "v1", "Namespace")


@kind()
def custom_resource_definition(tree):
    spec = {"group": "example.com", "names": {"kind": "Cart"}}
    if tree.chance(0.4):
        service_of = {"name": tree.name_of("Service"), "namespace": tree.choose(NAMESPACES)}
        spec["conversion"] = {"webhook": {"clientConfig": {"service": service_of}}}
    return resource(tree, "apiextensions.k8s.io/v1", "CustomResourceDefinition", spec=spec)


@kind()
def webhook(tree):
    service_of = {"name": tree.name_of("Service")}
    if tree.chance(0.6):
        service_of["namespace"] = tree.choose(NAMESPACES)
    hook = {"name": "a.example.com", "clientConfig": {"service": service_of}}
    name = tree.choose(["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"])
    return resource(tree, "admissionregistration.k8s.io/v1", name, webhooks=[hook])


@kind()
def api_service(tree):
    spec = {"group": "example.com", "service": {"name": tree.name_of("Service")}}
    return resource(tree, "apiregistration.k8s.io/v1", "APIService", spec=spec)


@kind(4)
def cart(tree):
    """A custom resource without a schema, with values of all types."""
    result = resource(tree, tree.choose(["example.com/v1", "example.com/v1beta1"]), "Cart")
    result["spec"] = {tree.key(): tree.odd_value() for _ in range(tree.rng.randrange(1, 7))}
    if tree.chance(0.3):
        result["spec"]["template"] = pod_template(tree)
    return result
