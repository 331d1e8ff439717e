"""The fields of a kustomization that a random layer may have.

To cover another field, write a function of the tree and the layer that returns the
field's value, or None to leave the field out, and append it to `FIELDS`.
"""

from . import basic, configurations, generators, objects, patches, replacements, variables

# The name of each field, its chance in a layer, and the function that makes its value.
# A layer tries the fields in this order, and all take numbers from the same random
# source: an added or moved entry changes the trees of existing seeds.
FIELDS = [
    ("namePrefix", 0.35, basic.name_prefix),
    ("nameSuffix", 0.2, basic.name_suffix),
    ("namespace", 0.3, basic.namespace),
    ("commonLabels", 0.15, basic.common_labels),
    ("labels", 0.25, basic.labels),
    ("buildMetadata", 0.3, basic.build_metadata),
    ("commonAnnotations", 0.2, basic.common_annotations),
    ("images", 0.35, basic.images),
    ("replicas", 0.2, basic.replicas),
    ("generatorOptions", 0.1, generators.generator_options),
    ("configMapGenerator", 0.35, generators.config_map_generator),
    ("secretGenerator", 0.2, generators.secret_generator),
    ("sortOptions", 0.1, basic.sort_options),
    ("patches", 0.25, patches.patches),
    ("replacements", 0.2, replacements.replacements),
    ("patchesStrategicMerge", 0.08, patches.patches_strategic_merge),
    ("patchesJson6902", 0.08, patches.patches_json),
    ("vars", 0.1, variables.variables),
    ("configurations", 0.1, configurations.configurations),
    ("crds", 0.08, configurations.custom_definitions),
    ("openapi", 0.05, basic.openapi),
    ("transformers", 0.12, objects.transformers),
    ("generators", 0.1, objects.generators),
    ("validators", 0.02, objects.validators),
]
