'use strict';
const vscode = require('vscode');
const { ResponseError } = require('./connection');
const { fromURI, toURI } = require('./conversion');

const SCHEME = 'lamina';
const RENDERING = 'rendered.yaml';

/** After a change, a server that tells nothing of its documents is asked again this much later. */
const DELAY = 200;

/**
 * Documents that no file holds, such as `lamina:/shop/overlays/test/rendered.yaml`: what a root renders to.
 *
 * They outlive the server, and are fetched again from the next one.
 */
class VirtualDocuments {
  constructor(session) {
    this.session = session;
    this.changed = new vscode.EventEmitter();
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri, token) => this.content(uri, token),
    });
  }

  async content(uri, token) {
    const session = this.session();
    if (!session) return '# the server does not run\n';
    try {
      const answer = session.tellsContent
        ? await session.request('workspace/textDocumentContent', { uri: fromURI(uri) }, token)
        : await session.request('workspace/executeCommand', {
            command: 'render.show',
            arguments: [{ uri: fromURI(fileOf(uri)) }],
          }, token);
      return answer?.text ?? '';
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      return `# ${error.message.replace(/\n/g, '\n# ')}\n`;
    }
  }

  /** Shows what the root of a file, or the one in a directory, renders to. */
  showRendering(file) {
    const path = `${toURI(file).path}/${RENDERING}`;
    return this.show(vscode.Uri.from({ scheme: SCHEME, path }));
  }

  show(uri, takeFocus = false) {
    return vscode.window.showTextDocument(uri, {
      preview: true,
      preserveFocus: !takeFocus,
      viewColumn: vscode.ViewColumn.Beside,
    });
  }

  /** One has changed. */
  refresh(uri) {
    this.changed.fire(uri);
  }

  /** Any may have changed. */
  refreshSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
      open.forEach(({ uri }) => this.refresh(uri));
    }, DELAY);
  }

  dispose() {
    clearTimeout(this.timer);
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** The file or directory that a document is about. */
const fileOf = ({ path }) => vscode.Uri.file(path.slice(0, path.lastIndexOf('/')));

module.exports = { VirtualDocuments };
