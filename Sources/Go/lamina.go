// Package lamina renders, patches, compares, lints and explains kustomizations in this process.
//
//	rendering, err := lamina.Render("overlays/production", nil, nil)
//	if err != nil {
//		log.Fatal(err) // what the command prints
//	}
//	os.Stdout.Write(rendering.YAML)
//
// Nothing is printed, read, run or fetched but what the files and the options of a call say. Everything may be used by
// any number of goroutines at once. The package needs liblamina, which pkg-config finds, and cgo.
package lamina

/*
#cgo pkg-config: lamina
#include <lamina.h>
#include <stdlib.h>
*/
import "C"

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"unsafe"
)

// Version is the version of the library, such as 0.1.0.
func Version() string { return C.GoString(C.lamina_version()) }

func init() {
	if C.lamina_abi_version() != C.LAMINA_ABI_VERSION {
		panic("lamina: the library that was loaded has another interface than its header")
	}
}

// Files are where builds read. Nil is the disk.
type Files struct{ handle *C.lamina_files }

// NewFiles makes files in memory, by path. Relative paths begin at "/".
func NewFiles(files map[string][]byte) (*Files, error) {
	return newFiles(C.lamina_files_in_memory(), files)
}

// DiskFiles makes files that hide what the disk has at their paths. Relative paths begin at the working directory.
func DiskFiles(files map[string][]byte) (*Files, error) {
	return newFiles(C.lamina_files_on_disk(), files)
}

func newFiles(handle *C.lamina_files, files map[string][]byte) (*Files, error) {
	made := &Files{handle}
	runtime.SetFinalizer(made, func(f *Files) { C.lamina_files_free(f.handle) })
	for path, content := range files {
		if err := made.Add(path, content); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// Add puts a file at a path. Builds that have begun do not see it.
func (f *Files) Add(path string, content []byte) error {
	name, err := text(path)
	if err != nil {
		return err
	}
	defer C.free(unsafe.Pointer(name))
	status := C.lamina_files_add(f.handle, name, pointer(content), C.size_t(len(content)))
	runtime.KeepAlive(f)
	if status != C.LAMINA_OK {
		return &Error{Status: Status(status), Message: "not the path of a file: " + path}
	}
	return nil
}

// Status says why a call failed.
type Status int

const (
	// Failed: the input is wrong.
	Failed Status = C.LAMINA_FAILED
	// Invalid: the call is wrong, such as an option that there is not.
	Invalid Status = C.LAMINA_INVALID
	// Cancelled: the context of the call is done.
	Cancelled Status = C.LAMINA_CANCELLED
)

// Error is why a call failed.
type Error struct {
	Status Status
	// What the command prints.
	Message string
	// Errors, then what was warned of before them.
	Diagnostics []Diagnostic
}

func (e *Error) Error() string { return e.Message }

// Diagnostic is an error, a warning or a finding; Docs/DIAGNOSTICS.md describes its fields.
type Diagnostic struct {
	Rule     string   `json:"rule"`
	Family   string   `json:"family"`
	Severity string   `json:"severity"`
	Message  string   `json:"message"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Hint     string   `json:"hint"`
	Excerpt  string   `json:"excerpt"`
	Roots    []string `json:"roots"`
	Fixes    []Fix    `json:"fixes"`
}

// Fix is a change of files that would put a mistake right; one that is not safe is a guess.
type Fix struct {
	Message string `json:"message"`
	Safe    bool   `json:"safe"`
	Edits   []Edit `json:"edits"`
}

// Edit is one replaced piece of a file: the bytes from Start to End.
type Edit struct {
	File        string `json:"file"`
	Start       int    `json:"start"`
	End         int    `json:"end"`
	Replacement string `json:"replacement"`
}

// Options are the JSON object that Docs/C.md describes, such as {"compat": "next"}. Nil is none.
type Options map[string]any

// Rendering is what a directory renders to.
type Rendering struct {
	// The stream of YAML.
	YAML      []byte
	Resources []Resource
	Warnings  []Diagnostic
	// Canonical paths, in the order in which they were first asked for.
	FilesRead []string
}

// Resource is one object of a rendering.
type Resource struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Namespace  string `json:"namespace"`
	// Where the object lies in the stream.
	Start int `json:"start"`
	End   int `json:"end"`
	// What its file is called where each object has its own.
	File string `json:"file"`
	// Where it begins: FILE:LINE:COLUMN.
	Origin string `json:"origin"`
}

// Render renders the kustomization of a directory.
func Render(root string, files *Files, options Options) (*Rendering, error) {
	return RenderContext(context.Background(), root, files, options)
}

// RenderContext is Render with a context that may end it.
func RenderContext(
	ctx context.Context, root string, files *Files, options Options,
) (*Rendering, error) {
	outcome, err := run(ctx, []request{{root: &root, files: files, options: options}}, render)
	if err != nil {
		return nil, err
	}
	var metadata struct {
		Diagnostics []Diagnostic
		Resources   []Resource
		FilesRead   []string
	}
	if err := json.Unmarshal(outcome.metadata, &metadata); err != nil {
		return nil, err
	}
	return &Rendering{
		outcome.bytes, metadata.Resources, metadata.Diagnostics, metadata.FilesRead,
	}, nil
}

// Patch applies a strategic merge to a stream of manifests, or with the option "type": "json" an RFC 6902 patch.
func Patch(manifests, patch []byte, options Options) ([]byte, error) {
	call := func(all []*C.lamina_request, result **C.lamina_result) C.lamina_status {
		return C.lamina_patch(all[0], pointer(patch), C.size_t(len(patch)), result)
	}
	outcome, err := run(
		context.Background(), []request{{input: manifests, options: options}}, call)
	if err != nil {
		return nil, err
	}
	return outcome.bytes, nil
}

// Side is one side of a comparison: a directory of files, or manifests.
type Side struct {
	Root      string
	Files     *Files
	Manifests []byte
}

// Difference is what differs between two sides.
type Difference struct {
	Different bool
	// In the format of the options: text, unified, markdown, json or html.
	Report   []byte
	Warnings []Diagnostic
}

// Diff compares two sides.
func Diff(ctx context.Context, before, after Side, options Options) (*Difference, error) {
	call := func(all []*C.lamina_request, result **C.lamina_result) C.lamina_status {
		return C.lamina_diff(all[0], all[1], result)
	}
	outcome, err := run(ctx, []request{before.request(nil), after.request(options)}, call)
	if err != nil {
		return nil, err
	}
	var metadata struct {
		Different   bool
		Diagnostics []Diagnostic
	}
	if err := json.Unmarshal(outcome.metadata, &metadata); err != nil {
		return nil, err
	}
	return &Difference{metadata.Different, outcome.bytes, metadata.Diagnostics}, nil
}

func (s Side) request(options Options) request {
	if s.Manifests != nil {
		return request{input: s.Manifests, options: options}
	}
	return request{root: &s.Root, files: s.Files, options: options}
}

// LintReport is what rules found.
type LintReport struct {
	// The errors of roots that do not render come first.
	Findings []Diagnostic
	Renders  bool
	// In the format of the options: text, json, github, gitlab, sarif or junit.
	Report []byte
}

// Lint says what is wrong, or looks wrong, with a directory and with the "roots" of the options.
func Lint(ctx context.Context, root string, files *Files, options Options) (*LintReport, error) {
	outcome, err := run(ctx, []request{{root: &root, files: files, options: options}}, lint)
	var failure *Error
	if errors.As(err, &failure) && failure.Status == Failed && len(outcome.bytes) > 0 {
		return &LintReport{failure.Diagnostics, false, outcome.bytes}, nil
	}
	if err != nil {
		return nil, err
	}
	var metadata struct{ Diagnostics []Diagnostic }
	if err := json.Unmarshal(outcome.metadata, &metadata); err != nil {
		return nil, err
	}
	return &LintReport{metadata.Diagnostics, true, outcome.bytes}, nil
}

// Explanation is where values come from.
type Explanation struct {
	// In the format of the options: text, json or html.
	Report []byte
	// What the options ask for and is not there, with what may have been meant.
	Missing  []Missing
	Warnings []Diagnostic
}

// Missing is something that is not there.
type Missing struct {
	Text string `json:"text"`
	Hint string `json:"hint"`
}

// Explain says where the values of a directory's rendering come from.
func Explain(ctx context.Context, root string, files *Files, options Options) (*Explanation, error) {
	outcome, err := run(ctx, []request{{root: &root, files: files, options: options}}, explain)
	if err != nil {
		return nil, err
	}
	var metadata struct {
		Missing     []Missing
		Diagnostics []Diagnostic
	}
	if err := json.Unmarshal(outcome.metadata, &metadata); err != nil {
		return nil, err
	}
	return &Explanation{outcome.bytes, metadata.Missing, metadata.Diagnostics}, nil
}
