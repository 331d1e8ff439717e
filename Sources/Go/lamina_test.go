package lamina

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var example = map[string][]byte{
	"base/kustomization.yaml": []byte("resources: [cm.yaml]\n"),
	"base/cm.yaml": []byte(
		"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: blue\n"),
	"dev/kustomization.yaml": []byte("resources: [../base]\nnamePrefix: dev-\n"),
}

const rendered = "apiVersion: v1\ndata:\n  colour: blue\nkind: ConfigMap\nmetadata:\n  name: dev-settings\n"

func files(t *testing.T, more map[string]string) *Files {
	t.Helper()
	made, err := NewFiles(example)
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range more {
		if err := made.Add(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return made
}

func TestRender(t *testing.T) {
	rendering, err := Render("dev", files(t, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	if string(rendering.YAML) != rendered {
		t.Errorf("got:\n%s", rendering.YAML)
	}
	if len(rendering.Resources) != 1 || rendering.Resources[0].Name != "dev-settings" ||
		rendering.Resources[0].End != len(rendered) {
		t.Errorf("got: %+v", rendering.Resources)
	}
	if len(rendering.FilesRead) != 3 {
		t.Errorf("got: %v", rendering.FilesRead)
	}
}

// The shipped example, which the environment names.
func TestRenderDisk(t *testing.T) {
	overlay := filepath.Join(os.Getenv("LAMINA_TESTDATA"), "quickstart", "overlays", "production")
	expected, err := os.ReadFile(filepath.Join(overlay, "expected.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	rendering, err := Render(overlay, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(rendering.YAML, expected) {
		t.Errorf("got:\n%s", rendering.YAML)
	}
}

func TestErrors(t *testing.T) {
	_, err := Render("dev", files(t, map[string]string{"dev/kustomization.yaml": "namePrefix: [7]\n"}), nil)
	var failure *Error
	if !errors.As(err, &failure) || failure.Status != Failed || len(failure.Diagnostics) == 0 ||
		!strings.HasPrefix(failure.Message, "dev/kustomization.yaml:1:13: error: ") ||
		failure.Diagnostics[0].Line != 1 {
		t.Errorf("got: %#v", err)
	}
	for _, options := range []Options{{"compat": "nxt"}, {"no": 1}, {"helm": 5}} {
		_, err = Render("dev", files(t, nil), options)
		if !errors.As(err, &failure) || failure.Status != Invalid {
			t.Errorf("%v: got: %#v", options, err)
		}
	}
	for _, root := range []string{"", "a\x00b", "\xff"} {
		_, err = Render(root, files(t, nil), nil)
		if !errors.As(err, &failure) || failure.Status != Invalid {
			t.Errorf("%q: got: %#v", root, err)
		}
	}
	if err := files(t, nil).Add("", nil); err == nil {
		t.Error("an empty path is a path")
	}
}

func TestPatch(t *testing.T) {
	patched, err := Patch(
		example["base/cm.yaml"], []byte(`[{"op": "remove", "path": "/data"}]`), Options{"type": "json"})
	if err != nil || strings.Contains(string(patched), "colour") {
		t.Errorf("got: %s, %v", patched, err)
	}
	_, err = Patch(nil, nil, nil)
	var failure *Error
	if !errors.As(err, &failure) || failure.Status != Invalid {
		t.Errorf("got: %#v", err)
	}
}

func TestDiff(t *testing.T) {
	made := files(t, nil)
	before := Side{Manifests: example["base/cm.yaml"]}
	difference, err := Diff(
		context.Background(), before, Side{Root: "dev", Files: made}, Options{"format": "json"})
	if err != nil || !difference.Different || !bytes.Contains(difference.Report, []byte(`"different"`)) {
		t.Errorf("got: %+v, %v", difference, err)
	}
	difference, err = Diff(context.Background(), Side{Root: "dev", Files: made}, Side{Root: "dev", Files: made}, nil)
	if err != nil || difference.Different {
		t.Errorf("got: %+v, %v", difference, err)
	}
}

func TestLint(t *testing.T) {
	report, err := Lint(context.Background(), "dev", files(t, nil), nil)
	if err != nil || !report.Renders || len(report.Findings) != 0 {
		t.Errorf("got: %+v, %v", report, err)
	}
	report, err = Lint(
		context.Background(), "dev",
		files(t, map[string]string{"dev/kustomization.yaml": "resources: [no.yaml]\n"}), nil)
	if err != nil || report.Renders || len(report.Findings) == 0 || len(report.Report) == 0 {
		t.Errorf("got: %+v, %v", report, err)
	}
}

func TestExplain(t *testing.T) {
	explanation, err := Explain(
		context.Background(), "dev", files(t, nil), Options{"select": []string{"cm/dev-settings", "cm/no"}})
	if err != nil || len(explanation.Missing) != 1 || explanation.Missing[0].Text != "cm/no" ||
		!strings.Contains(string(explanation.Report), "dev/kustomization.yaml:2") {
		t.Errorf("got: %+v, %v", explanation, err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := RenderContext(ctx, "dev", files(t, nil), nil)
	var failure *Error
	if !errors.As(err, &failure) || failure.Status != Cancelled {
		t.Errorf("got: %#v", err)
	}
}

func TestGoroutines(t *testing.T) {
	made := files(t, nil)
	var all sync.WaitGroup
	for i := 0; i < 64; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for round := 0; round < 5; round++ {
				rendering, err := Render("dev", made, nil)
				if err != nil || string(rendering.YAML) != rendered {
					t.Errorf("got: %+v, %v", rendering, err)
				}
			}
		}()
	}
	all.Wait()
}

func TestVersion(t *testing.T) {
	if Version() == "" {
		t.Error("there is no version")
	}
}
