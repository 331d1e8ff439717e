"""Pod specs, pod templates and the specs of workloads, for `kinds.py`."""

from .words import IMAGES, VARIABLE_TEXTS


def container(tree, name):
    result = {"name": name, "image": tree.choose(IMAGES)}
    if tree.chance(0.3):
        result["args"] = [
            tree.choose(VARIABLE_TEXTS) if tree.chance(0.2) else tree.text()
            for _ in range(tree.rng.randrange(0, 3))
        ]
    if tree.chance(0.4):
        result["env"] = [
            tree.choose(
                [
                    {"name": "TEXT", "value": tree.text()},
                    {
                        "name": "CM",
                        "valueFrom": {
                            "configMapKeyRef": {"name": tree.name_of("ConfigMap"), "key": "k"}
                        },
                    },
                    {
                        "name": "SECRET",
                        "valueFrom": {"secretKeyRef": {"name": tree.name_of("Secret"), "key": "k"}},
                    },
                ]
            )
            for _ in range(tree.rng.randrange(1, 3))
        ]
    if tree.chance(0.4):
        result["envFrom"] = [
            tree.choose(
                [
                    {"configMapRef": {"name": tree.name_of("ConfigMap")}},
                    {"secretRef": {"name": tree.name_of("Secret")}},
                ]
            )
        ]
    if tree.chance(0.2):
        result["ports"] = [{"containerPort": 8080, "name": "http"}]
    if tree.chance(0.2):
        result["resources"] = {"limits": {"cpu": tree.choose([1, "500m", 0.5]), "memory": "1Gi"}}
    if tree.chance(0.03):
        result["image"] = None
    return result


def pod_spec(tree):
    spec = {"containers": [container(tree, f"c{i}") for i in range(tree.rng.randrange(1, 3))]}
    if tree.chance(0.2):
        spec["initContainers"] = [container(tree, "init")]
    if tree.chance(0.05):
        spec["ephemeralContainers"] = [container(tree, "debug")]
    if tree.chance(0.3):
        spec["serviceAccountName"] = tree.name_of("ServiceAccount")
    if tree.chance(0.1):
        spec["priorityClassName"] = tree.name_of("PriorityClass")
    if tree.chance(0.1):
        spec["imagePullSecrets"] = [{"name": tree.name_of("Secret")}]
    if tree.chance(0.4):
        spec["volumes"] = [
            tree.choose(
                [
                    {"name": "v", "configMap": {"name": tree.name_of("ConfigMap")}},
                    {"name": "v", "secret": {"secretName": tree.name_of("Secret")}},
                    {
                        "name": "v",
                        "persistentVolumeClaim": {
                            "claimName": tree.name_of("PersistentVolumeClaim")
                        },
                    },
                    {
                        "name": "v",
                        "projected": {
                            "sources": [
                                {"configMap": {"name": tree.name_of("ConfigMap")}},
                                {"secret": {"name": tree.name_of("Secret")}},
                            ]
                        },
                    },
                    {"name": "v", "emptyDir": {}},
                    {"name": "v", "image": {"reference": tree.choose(IMAGES)}},
                ]
            )
        ]
    if tree.chance(0.1):
        selector = {"labelSelector": {"matchLabels": tree.label_map()}}
        spec["topologySpreadConstraints"] = [{"maxSkew": 1, **selector}]
    if tree.chance(0.08):
        selector = {"labelSelector": {"matchLabels": tree.label_map()}, "topologyKey": "zone"}
        spec["affinity"] = {
            "podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [selector]},
            "podAntiAffinity": {
                "preferredDuringSchedulingIgnoredDuringExecution": [
                    {"weight": 1, "podAffinityTerm": selector}
                ]
            },
        }
    if tree.chance(0.03):
        spec[tree.choose(["volumes", "initContainers", "containers"])] = tree.choose([None, []])
    return spec


def pod_template(tree):
    template = {"spec": pod_spec(tree)}
    if tree.chance(0.6):
        template["metadata"] = {"labels": tree.label_map()}
        if tree.chance(0.2):
            template["metadata"]["annotations"] = tree.text_map()
    return template


def workload_spec(tree, selector=True, replicas=True):
    """The spec of a Deployment or the like; the switches leave out what a kind lacks."""
    spec = {"template": pod_template(tree)}
    if selector and tree.chance(0.7):
        labels = spec["template"].get("metadata", {}).get("labels") or tree.label_map()
        spec["selector"] = {"matchLabels": dict(labels)}
    if replicas and tree.chance(0.6):
        spec["replicas"] = tree.choose([0, 1, 3, 10, "2", None])
    return spec
