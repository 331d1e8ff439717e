'use strict';

/** Codes of the protocol for answers that nobody waits for any more. */
const REQUEST_CANCELLED = -32800;
const CONTENT_MODIFIED = -32801;
const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;

const HEADER_END = Buffer.from('\r\n\r\n');
/** A header is two lines; what is longer is no header. */
const LONGEST_HEADER = 4096;

/** The answer of a server that says what is wrong. */
class ResponseError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * JSON-RPC over two streams, framed as the Language Server Protocol has it. Knows nothing of the editor.
 *
 * `handlers` has `request(method, params)`, whose value or promise is the answer, `notification(method, params)`,
 * `trace(direction, message)`, and `garbled(error)` for input that is not the protocol.
 */
class Connection {
  constructor(input, output, handlers) {
    this.output = output;
    this.handlers = handlers;
    this.buffer = Buffer.alloc(0);
    this.waiting = new Map();
    this.lastID = 0;
    this.isClosed = false;
    input.on('data', (bytes) => this.receive(bytes));
    // The end of the process says more than a pipe that is broken.
    output.on('error', () => this.close());
  }

  notify(method, params) {
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** The result of a request; null where it was cancelled. */
  request(method, params, token) {
    if (this.isClosed) return Promise.reject(new Error('the server does not run'));
    const id = ++this.lastID;
    return new Promise((resolve, reject) => {
      const cancellation = token?.onCancellationRequested(() =>
        this.notify('$/cancelRequest', { id })
      );
      const done = () => {
        cancellation?.dispose();
        this.waiting.delete(id);
      };
      this.waiting.set(id, {
        resolve: (result) => (done(), resolve(result)),
        reject: (error) => (done(), reject(error)),
      });
      this.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  /** Requests that wait are refused, and nothing is sent any more. */
  close() {
    this.isClosed = true;
    for (const { reject } of [...this.waiting.values()]) reject(new Error('the server has ended'));
  }

  send(message) {
    if (this.isClosed) return;
    this.handlers.trace('sent', message);
    const body = Buffer.from(JSON.stringify(message));
    this.output.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  receive(bytes) {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (;;) {
      if (this.isClosed) return;
      const end = this.buffer.indexOf(HEADER_END);
      if (end < 0 && this.buffer.length <= LONGEST_HEADER) return;
      const header = this.buffer.toString('latin1', 0, Math.max(end, 0));
      const length = /^content-length: *(\d+) *$/im.exec(header);
      if (!length) return this.fail('it prints something that is not the protocol');
      const start = end + HEADER_END.length;
      const stop = start + Number(length[1]);
      if (this.buffer.length < stop) return;
      const body = this.buffer.toString('utf8', start, stop);
      this.buffer = this.buffer.subarray(stop);
      let message;
      try {
        message = JSON.parse(body);
      } catch {
        return this.fail('it sends a message that is not JSON');
      }
      this.handlers.trace('received', message);
      this.dispatch(message);
    }
  }

  fail(words) {
    this.close();
    this.handlers.garbled(new Error(words));
  }

  dispatch(message) {
    if (message.method === undefined) return this.settle(message);
    if (message.id === undefined) return this.handlers.notification(message.method, message.params);
    const answer = (rest) => this.send({ jsonrpc: '2.0', id: message.id, ...rest });
    Promise.resolve()
      .then(() => this.handlers.request(message.method, message.params))
      .then(
        (result) => answer({ result: result ?? null }),
        (error) =>
          answer({ error: { code: error.code ?? INTERNAL_ERROR, message: error.message } })
      );
  }

  settle({ id, result, error }) {
    const request = this.waiting.get(id);
    if (!request) return;
    if (!error) return request.resolve(result);
    if (error.code === REQUEST_CANCELLED || error.code === CONTENT_MODIFIED) {
      return request.resolve(null);
    }
    request.reject(new ResponseError(error.code, error.message));
  }
}

module.exports = { Connection, METHOD_NOT_FOUND, ResponseError };
