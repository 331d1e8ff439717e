class Lamina < Formula
  desc "@SUMMARY@"
  homepage "@URL@"
  url "@DOWNLOADS@/@SOURCE@"
  version "@VERSION@"
  sha256 "@SOURCE_SHA256@"
  license "Apache-2.0"

  depends_on "pkgconf" => :build
  depends_on xcode: ["26.0", :build]
  depends_on "libyaml"
  depends_on macos: :sequoia

  # Render.com's command has the same name.
  conflicts_with "render", because: "both install a `render` program"

  def install
    ENV["LAMINA_COMMIT"] = "@COMMIT@"
    ENV["LAMINA_DATE"] = "@DATE@"
    system "swift", "build", "--disable-sandbox", "--configuration", "release", "--product", "render"
    bin.install ".build/release/render"
    bin.install_symlink "render" => "lamina"
    bin.install_symlink "render" => "kubectl-render"
    generate_completions_from_executable(bin/"render", "completion")
    system "Scripts/make-manual", "man", "--render", bin/"render", "--date", "@DATE@"
    man1.install Dir["man/*.1"]
  end

  test do
    (testpath/"kustomization.yaml").write <<~YAML
      namePrefix: a-
      resources: [service.yaml]
    YAML
    (testpath/"service.yaml").write <<~YAML
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
    YAML
    assert_match "name: a-shop", shell_output("#{bin}/render #{testpath}")
  end
end
