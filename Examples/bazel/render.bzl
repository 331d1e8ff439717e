"""Kustomizations rendered by Bazel: see Docs/BUILDS.md of Lamina."""

def _path(*parts):
    return "/".join([part for part in parts if part and part != "."])

def _render_manifest_impl(ctx):
    outputs = []
    words = ctx.actions.args()
    words.use_param_file("@%s", use_always = True)
    words.set_param_file_format("multiline")
    for root in ctx.attr.roots:
        name = root if root != "." else "root"
        output = ctx.actions.declare_file("%s/%s.yaml" % (ctx.label.name, name))
        outputs.append(output)
        words.add(_path(ctx.label.workspace_root, ctx.label.package, root) or ".")
        words.add(output)
    ctx.actions.run(
        executable = ctx.executable.render,
        # What is declared is all that there is: nothing is fetched, and no path leads out of the workspace.
        arguments = ["worker", "--load-root", ".", "--offline"] + ctx.attr.flags + [words],
        inputs = ctx.files.srcs,
        outputs = outputs,
        mnemonic = "RenderManifest",
        progress_message = "Rendering %d roots of %s" % (len(outputs), ctx.label),
        execution_requirements = {
            "requires-worker-protocol": "json",
            "supports-workers": "1",
        },
    )
    return [DefaultInfo(files = depset(outputs))]

render_manifest = rule(
    implementation = _render_manifest_impl,
    doc = "Renders some kustomizations of a package, with one action: NAME/ROOT.yaml for each root.",
    attrs = {
        "roots": attr.string_list(
            doc = "The directories to render, by their paths from the package; '.' is the package itself.",
            mandatory = True,
            allow_empty = False,
        ),
        "srcs": attr.label_list(
            doc = "Every file that the roots read: kustomizations, resources, patches, those of bases as well.",
            mandatory = True,
            allow_files = True,
        ),
        "flags": attr.string_list(
            doc = "More flags of `render worker`, such as --compat=next.",
        ),
        "render": attr.label(
            doc = "The command. It must not lie in the top directory of the workspace.",
            default = "//tools:render",
            allow_single_file = True,
            cfg = "exec",
            executable = True,
        ),
    },
)
