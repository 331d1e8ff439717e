'use strict';
const vscode = require('vscode');
const { ResponseError } = require('./connection');
const { fromURI } = require('./conversion');

const SCHEME = 'lamina';

/**
 * Documents that no file holds, such as `lamina:/shop/overlays/test/rendered.yaml`: what a root renders to.
 *
 * The server knows what is in them, and says when that is something else. They outlive it, and are fetched again from
 * the next one.
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
      const params = { uri: fromURI(uri) };
      const answer = await session.request('workspace/textDocumentContent', params, token);
      return answer?.text ?? '';
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      return `# ${error.message.replace(/\n/g, '\n# ')}\n`;
    }
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
  refreshAll() {
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
    open.forEach(({ uri }) => this.refresh(uri));
  }

  dispose() {
    this.registration.dispose();
    this.changed.dispose();
  }
}

module.exports = { VirtualDocuments };
