"""The extension for VS Code, as the archive that it installs."""

import io
import json
import zipfile
from xml.sax.saxutils import escape, quoteattr

from .facts import ROOT

SOURCE = ROOT / "Examples" / "vscode"
SCHEMAS = ("kustomization", "lamina")
# The earliest that the format can say. Nobody reads these times.
TIME = (1980, 1, 1, 0, 0, 0)

CONTENT_TYPES = {
    "js": "application/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "txt": "text/plain",
    "vsixmanifest": "text/xml",
}


def manifest(package):
    properties = {
        "Engine": package["engines"]["vscode"],
        "ExtensionDependencies": "",
        "ExtensionPack": "",
        "ExtensionKind": ",".join(package["extensionKind"]),
    }
    shown = "\n".join(
        f'      <Property Id="Microsoft.VisualStudio.Code.{name}" Value={quoteattr(value)}/>'
        for name, value in properties.items()
    )
    identity = " ".join(
        f"{name}={quoteattr(package[key])}"
        for name, key in (("Id", "name"), ("Version", "version"), ("Publisher", "publisher"))
    )
    schema = "http://schemas.microsoft.com/developer/vsx-schema/2011"
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="{schema}">
  <Metadata>
    <Identity Language="en-US" {identity}/>
    <DisplayName>{escape(package["displayName"])}</DisplayName>
    <Description xml:space="preserve">{escape(package["description"])}</Description>
    <Tags>{escape(",".join(package["keywords"]))}</Tags>
    <Categories>{escape(",".join(package["categories"]))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
{shown}
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/readme.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def content_types():
    lines = "".join(
        f'  <Default Extension=".{ending}" ContentType="{name}"/>\n'
        for ending, name in CONTENT_TYPES.items()
    )
    schema = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="{schema}">\n{lines}</Types>\n'


def contents(version):
    """The files of the archive by their paths, in their order."""
    package = json.loads((SOURCE / "package.json").read_text())
    package["version"] = version
    extension = {
        "LICENSE.txt": (ROOT / "LICENSE").read_text(),
        "package.json": json.dumps(package, indent=2) + "\n",
        "readme.md": (SOURCE / "README.md").read_text(),
    }
    for file in SOURCE.rglob("*.js"):
        extension[str(file.relative_to(SOURCE))] = file.read_text()
    for name in SCHEMAS:
        file = f"{name}.schema.json"
        extension[f"schemas/{file}"] = (ROOT / "Docs" / "schemas" / file).read_text()
    return {
        "extension.vsixmanifest": manifest(package),
        "[Content_Types].xml": content_types(),
        **{f"extension/{path}": text for path, text in sorted(extension.items())},
    }


def write(directory, version):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, text in contents(version).items():
            entry = zipfile.ZipInfo(path, TIME)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    file = directory / f"lamina-{version}.vsix"
    file.write_bytes(buffer.getvalue())
    return file
