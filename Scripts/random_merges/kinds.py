"""The fields of each kind of object, with and without a schema, as types of `value_types.py`."""

from .value_types import (
    KEYS,
    NAMES,
    Plain,
    flag,
    keyed_element,
    mapping,
    named,
    named_element,
    number,
    pairs,
    several,
    solid,
    text,
    words,
)

PORT = words(80, 443, 8080, Plain("'80'"), Plain("0x50"))
PROTOCOL = words("TCP", "UDP")
METADATA = dict(
    labels=pairs(),
    annotations=pairs(),
    finalizers=several(words("f/a", "f/b", "f/c", Plain("'5'"), Plain("yes"))),
    ownerReferences=several(
        keyed_element(
            "uid",
            words("u1", "u2", "u3"),
            apiVersion=words("v1"),
            kind=words("Pod"),
            controller=flag,
        )
    ),
    managedFields=several(mapping(manager=text)),
)
SELECTOR = mapping(
    matchLabels=pairs(),
    matchExpressions=several(
        mapping(key=words(*KEYS), operator=words("In", "Exists"), values=several(text))
    ),
)
QUANTITIES = lambda make: {
    key: make.choose(["1", "500m", "1Gi", 2]) for key in make.some(["cpu", "memory"])
}
RESOURCES = mapping(limits=QUANTITIES, requests=QUANTITIES)
ENV = several(
    named_element(
        value=text,
        valueFrom=mapping(
            secretKeyRef=mapping(name=words(*NAMES), key=text, optional=flag),
            configMapKeyRef=mapping(name=words(*NAMES), key=text),
            fieldRef=mapping(fieldPath=text),
        ),
    )
)
PROBE = mapping(
    httpGet=mapping(
        path=text, port=number, httpHeaders=several(mapping(name=words(*NAMES), value=text))
    ),
    exec=mapping(command=several(text)),
    periodSeconds=number,
)
CONTAINER_FIELDS = dict(
    image=words("nginx", "nginx:1", "redis", "app:2"),
    args=several(text),
    command=several(text),
    env=ENV,
    envFrom=several(mapping(configMapRef=mapping(name=words(*NAMES)), prefix=text)),
    ports=several(
        keyed_element(
            "containerPort", PORT, protocol=PROTOCOL, name=words("http", "dns"), hostPort=number
        )
    ),
    volumeMounts=several(
        keyed_element("mountPath", words("/a", "/b", "/c"), name=words(*NAMES), readOnly=flag)
    ),
    volumeDevices=several(keyed_element("devicePath", words("/x", "/y"), name=words(*NAMES))),
    resources=RESOURCES,
    livenessProbe=PROBE,
    securityContext=mapping(
        runAsUser=number,
        capabilities=mapping(add=several(text), drop=several(text)),
        privileged=flag,
    ),
    lifecycle=mapping(preStop=mapping(exec=mapping(command=several(text)))),
)
CONTAINERS = several(named_element(**CONTAINER_FIELDS))
VOLUMES = several(
    named_element(
        emptyDir=mapping(medium=text),
        configMap=mapping(
            name=words(*NAMES), items=several(mapping(key=text, path=text)), defaultMode=number
        ),
        secret=mapping(secretName=words(*NAMES), items=several(mapping(key=text, path=text))),
        hostPath=mapping(path=text),
        projected=mapping(
            sources=several(
                mapping(secret=mapping(name=words(*NAMES), items=several(mapping(key=text))))
            )
        ),
    )
)
AFFINITY = mapping(
    podAntiAffinity=mapping(
        requiredDuringSchedulingIgnoredDuringExecution=several(
            mapping(topologyKey=text, labelSelector=SELECTOR)
        )
    ),
    nodeAffinity=mapping(
        requiredDuringSchedulingIgnoredDuringExecution=mapping(
            nodeSelectorTerms=several(
                mapping(matchExpressions=several(mapping(key=text, operator=text)))
            )
        )
    ),
)
POD_FIELDS = dict(
    initContainers=CONTAINERS,
    ephemeralContainers=several(named_element(image=text, env=ENV)),
    volumes=VOLUMES,
    tolerations=several(mapping(key=text, operator=words("Exists", "Equal"), effect=text)),
    topologySpreadConstraints=several(
        keyed_element(
            "topologyKey",
            words("zone", "host"),
            whenUnsatisfiable=words("DoNotSchedule", "ScheduleAnyway"),
            maxSkew=number,
            labelSelector=SELECTOR,
        )
    ),
    hostAliases=several(keyed_element("ip", words("1.1.1.1", "2.2.2.2"), hostnames=several(text))),
    imagePullSecrets=several(named_element()),
    nodeSelector=pairs(),
    affinity=AFFINITY,
    securityContext=mapping(fsGroup=number, sysctls=several(named_element(value=text))),
    serviceAccountName=text,
    dnsConfig=mapping(nameservers=several(text), options=several(named_element(value=text))),
    readinessGates=several(mapping(conditionType=text)),
    overhead=QUANTITIES,
)
POD = named(POD_FIELDS, containers=CONTAINERS)
TEMPLATE = named(dict(metadata=mapping(**METADATA)), spec=POD)
CONDITIONS = several(keyed_element("type", words("Ready", "Failed"), status=flag, reason=text))
ANYTHING = lambda make: make.anything()
ANY_FIELDS = {
    "a": text,
    "b": several(text),
    "c": lambda make: make.object(),
    "app": ANYTHING,
    "tier": several(ANYTHING),
    "containers": CONTAINERS,
}
RULES = several(
    mapping(
        apiGroups=several(words("", "apps", "batch")),
        resources=several(text),
        verbs=several(words("get", "list")),
    )
)
SUBJECTS = several(
    named_element(kind=solid(words("User", "Group", "ServiceAccount")), namespace=words(*NAMES))
)
WEBHOOKS = several(
    named_element(
        clientConfig=mapping(service=named_element(path=text), caBundle=text),
        rules=RULES,
        namespaceSelector=SELECTOR,
        sideEffects=text,
        failurePolicy=text,
    )
)
BACKEND = mapping(service=named_element(port=mapping(number=number)))

# (apiVersion, kind) -> the fields besides metadata.
KINDS = {
    ("apps/v1", "Deployment"): dict(
        spec=named(
            dict(
                replicas=number,
                selector=SELECTOR,
                paused=flag,
                strategy=mapping(
                    type=words("Recreate", "RollingUpdate"), rollingUpdate=mapping(maxSurge=number)
                ),
            ),
            template=TEMPLATE,
        ),
        status=mapping(conditions=CONDITIONS),
    ),
    ("apps/v1", "StatefulSet"): dict(
        spec=named(
            dict(
                serviceName=text,
                volumeClaimTemplates=several(
                    mapping(
                        metadata=mapping(name=words(*NAMES)),
                        spec=mapping(accessModes=several(text)),
                    )
                ),
                updateStrategy=mapping(type=text, rollingUpdate=mapping(partition=number)),
            ),
            template=TEMPLATE,
        )
    ),
    ("apps/v1", "DaemonSet"): dict(spec=named(dict(selector=SELECTOR), template=TEMPLATE)),
    ("v1", "Pod"): dict(
        spec=POD, status=mapping(podIPs=several(keyed_element("ip", words("1.1.1.1", "2.2.2.2"))))
    ),
    ("batch/v1", "Job"): dict(spec=named(dict(backoffLimit=number), template=TEMPLATE)),
    ("batch/v1", "CronJob"): dict(
        spec=named(
            dict(schedule=text),
            jobTemplate=named(
                dict(metadata=mapping(**METADATA)), spec=named({}, template=TEMPLATE)
            ),
        )
    ),
    ("v1", "Service"): dict(
        spec=mapping(
            ports=several(
                keyed_element(
                    "port", PORT, protocol=PROTOCOL, targetPort=number, name=words("http", "dns")
                )
            ),
            selector=pairs(),
            type=text,
            externalIPs=several(text),
            sessionAffinityConfig=mapping(clientIP=mapping(timeoutSeconds=number)),
        )
    ),
    ("v1", "ConfigMap"): dict(data=pairs(), binaryData=pairs(), immutable=flag),
    ("v1", "Secret"): dict(stringData=pairs(), type=text),
    ("v1", "ServiceAccount"): dict(
        secrets=several(named_element(namespace=text)), imagePullSecrets=several(named_element())
    ),
    ("v1", "Node"): dict(
        spec=mapping(
            podCIDRs=several(words("10.0.0.0/8", "10.1.0.0/16")),
            taints=several(mapping(key=text, effect=text)),
        ),
        status=mapping(
            addresses=several(keyed_element("type", words("InternalIP", "Hostname"), address=text)),
            conditions=CONDITIONS,
        ),
    ),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"): dict(
        rules=RULES, aggregationRule=mapping(clusterRoleSelectors=several(SELECTOR))
    ),
    ("rbac.authorization.k8s.io/v1", "RoleBinding"): dict(
        roleRef=mapping(kind=words("Role"), name=words(*NAMES)), subjects=SUBJECTS
    ),
    ("networking.k8s.io/v1", "Ingress"): dict(
        spec=mapping(
            rules=several(
                mapping(host=text, http=mapping(paths=several(mapping(path=text, backend=BACKEND))))
            ),
            tls=several(mapping(hosts=several(text), secretName=text)),
            defaultBackend=BACKEND,
        )
    ),
    ("networking.k8s.io/v1", "NetworkPolicy"): dict(
        spec=mapping(
            podSelector=SELECTOR,
            policyTypes=several(text),
            ingress=several(mapping(ports=several(mapping(port=number, protocol=PROTOCOL)))),
        )
    ),
    ("policy/v1", "PodDisruptionBudget"): dict(
        spec=mapping(selector=SELECTOR, minAvailable=number), status=mapping(conditions=CONDITIONS)
    ),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"): dict(webhooks=WEBHOOKS),
    ("storage.k8s.io/v1", "CSINode"): dict(
        spec=mapping(drivers=several(named_element(nodeID=text, topologyKeys=several(text))))
    ),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"): dict(
        spec=mapping(
            group=text,
            names=mapping(kind=text, shortNames=several(text)),
            versions=several(
                named_element(
                    served=flag,
                    schema=mapping(
                        openAPIV3Schema=mapping(
                            type=text,
                            required=several(text),
                            properties=pairs(mapping(type=text, enum=several(text))),
                        )
                    ),
                )
            ),
        )
    ),
    ("apps/v1", "ControllerRevision"): dict(data=ANYTHING, revision=number),
    ("kustomize.config.k8s.io/v1beta1", "Kustomization"): dict(
        configMapGenerator=several(named_element(literals=several(text))),
        images=several(named_element()),
    ),
    ("example.com/v1", "Thing"): dict(
        spec=mapping(
            items=several(named_element(value=ANYTHING)), template=ANYTHING, env=ENV, count=number
        ),
        embedded=lambda make: make.object(),
        finalizers=several(text),
    ),
    ("example.com/v1", "Deployment"): dict(spec=named({}, template=TEMPLATE)),
    ("apps/v1beta3", "Deployment"): dict(spec=named({}, template=TEMPLATE)),
}
