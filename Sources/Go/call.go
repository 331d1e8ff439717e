package lamina

/*
#include <lamina.h>
#include <stdlib.h>
*/
import "C"

import (
	"context"
	"encoding/json"
	"runtime"
	"strings"
	"unsafe"
)

// request is what a call is about, before it is one of C.
type request struct {
	root    *string
	files   *Files
	input   []byte
	options Options
}

type outcome struct{ bytes, metadata []byte }

// call is a function of the library.
type call func([]*C.lamina_request, **C.lamina_result) C.lamina_status

func render(all []*C.lamina_request, result **C.lamina_result) C.lamina_status {
	return C.lamina_render(all[0], result)
}

func lint(all []*C.lamina_request, result **C.lamina_result) C.lamina_status {
	return C.lamina_lint(all[0], result)
}

func explain(all []*C.lamina_request, result **C.lamina_result) C.lamina_status {
	return C.lamina_explain(all[0], result)
}

// run calls the library. What the requests hold lies in memory of C, since C may keep no pointer into Go's.
func run(ctx context.Context, requests []request, call call) (outcome, error) {
	cancel := C.lamina_cancel_new()
	defer C.lamina_cancel_free(cancel)
	stop := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			C.lamina_cancel_trigger(cancel)
		case <-stop:
		}
	}()
	defer func() {
		close(stop)
		<-stopped
	}()
	if ctx.Err() != nil {
		C.lamina_cancel_trigger(cancel)
	}

	var made []*C.lamina_request
	for _, request := range requests {
		native, free, err := request.native(cancel)
		if err != nil {
			return outcome{}, err
		}
		defer free()
		made = append(made, native)
	}
	var result *C.lamina_result
	status := call(made, &result)
	runtime.KeepAlive(requests)
	defer C.lamina_result_free(result)
	done := outcome{
		bytes:    lent(result, func(n *C.size_t) *C.char { return C.lamina_result_bytes(result, n) }),
		metadata: lent(result, func(n *C.size_t) *C.char { return C.lamina_result_metadata(result, n) }),
	}
	if status == C.LAMINA_OK {
		return done, nil
	}
	failure := &Error{
		Status:  Status(status),
		Message: string(lent(result, func(n *C.size_t) *C.char { return C.lamina_result_message(result, n) })),
	}
	var metadata struct{ Diagnostics []Diagnostic }
	if err := json.Unmarshal(done.metadata, &metadata); err != nil {
		return done, err
	}
	failure.Diagnostics = metadata.Diagnostics
	return done, failure
}

// native makes the struct of C, and what frees it.
func (r request) native(cancel *C.lamina_cancel) (*C.lamina_request, func(), error) {
	made := (*C.lamina_request)(C.calloc(1, C.sizeof_lamina_request))
	made.size = C.sizeof_lamina_request
	made.cancel = cancel
	var disk *C.lamina_files
	free := func() {
		C.free(unsafe.Pointer(made.root))
		C.free(unsafe.Pointer(made.input))
		C.free(unsafe.Pointer(made.options))
		C.lamina_files_free(disk)
		C.free(unsafe.Pointer(made))
	}
	fail := func(err error) (*C.lamina_request, func(), error) {
		free()
		return nil, nil, err
	}
	if r.root != nil {
		root, err := text(*r.root)
		if err != nil {
			return fail(err)
		}
		made.root = root
		if r.files != nil {
			made.files = r.files.handle
		} else {
			disk = C.lamina_files_on_disk()
			made.files = disk
		}
	}
	if r.input != nil {
		made.input = C.CBytes(r.input)
		made.input_length = C.size_t(len(r.input))
	}
	if r.options != nil {
		encoded, err := json.Marshal(r.options)
		if err != nil {
			return fail(err)
		}
		made.options = C.CString(string(encoded))
	}
	return made, free, nil
}

// text is a text of C, to be freed.
func text(text string) (*C.char, error) {
	if strings.ContainsRune(text, 0) {
		return nil, &Error{Status: Invalid, Message: "a path holds a zero"}
	}
	return C.CString(text), nil
}

func pointer(bytes []byte) unsafe.Pointer {
	if len(bytes) == 0 {
		return nil
	}
	return unsafe.Pointer(&bytes[0])
}

// lent copies what a result lends.
func lent(result *C.lamina_result, lend func(*C.size_t) *C.char) []byte {
	var length C.size_t
	start := lend(&length)
	return append([]byte(nil), unsafe.Slice((*byte)(unsafe.Pointer(start)), uint64(length))...)
}
