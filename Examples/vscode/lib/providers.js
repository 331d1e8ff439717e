'use strict';
const vscode = require('vscode');
const { SELECTOR } = require('./session');
const convert = require('./conversion');

/**
 * The features of the editor: under which capability a server offers one, and how it is registered, given what the
 * server says of it.
 *
 * @type {Record<string, (session: import('./session').Session, offer?: any) => vscode.Disposable>}
 */
const FEATURES = {
  hoverProvider: (session) =>
    vscode.languages.registerHoverProvider(SELECTOR, {
      async provideHover(document, position, token) {
        const hover = await session.askAt('textDocument/hover', document, position, token);
        return hover && convert.toHover(hover);
      },
    }),

  definitionProvider: (session) =>
    vscode.languages.registerDefinitionProvider(SELECTOR, {
      async provideDefinition(document, position, token) {
        const found = await session.askAt('textDocument/definition', document, position, token);
        return [found ?? []].flat().map(convert.toLocation);
      },
    }),

  referencesProvider: (session) =>
    vscode.languages.registerReferenceProvider(SELECTOR, {
      async provideReferences(document, position, { includeDeclaration }, token) {
        const context = { includeDeclaration };
        const method = 'textDocument/references';
        const found = await session.askAt(method, document, position, token, { context });
        return found?.map(convert.toLocation);
      },
    }),

  completionProvider: (session, { triggerCharacters = [] }) =>
    vscode.languages.registerCompletionItemProvider(
      SELECTOR,
      {
        async provideCompletionItems(document, position, token) {
          const found = await session.askAt('textDocument/completion', document, position, token);
          return found && convert.toCompletionList(found);
        },
      },
      ...triggerCharacters
    ),

  codeActionProvider: (session, { codeActionKinds = [] }) =>
    vscode.languages.registerCodeActionsProvider(
      SELECTOR,
      {
        async provideCodeActions(document, range, context, token) {
          // The server knows what it has said, and asks for none of it.
          const params = { range: convert.fromRange(range), context: { diagnostics: [] } };
          const found = await session.ask('textDocument/codeAction', document, params, token);
          return found?.map((action) => convert.toCodeAction(action, context.diagnostics));
        },
      },
      {
        providedCodeActionKinds: codeActionKinds.map((kind) =>
          vscode.CodeActionKind.Empty.append(kind)
        ),
      }
    ),

  // The user has asked for a new name, and is told why there is none.
  renameProvider: (session) =>
    vscode.languages.registerRenameProvider(SELECTOR, {
      async prepareRename(document, position, token) {
        const range = await session.request(
          'textDocument/prepareRename',
          placeOf(document, position),
          token
        );
        return range && convert.toRange(range.range ?? range);
      },
      async provideRenameEdits(document, position, newName, token) {
        const edit = await session.request(
          'textDocument/rename',
          { ...placeOf(document, position), newName },
          token
        );
        return edit && convert.toWorkspaceEdit(edit);
      },
    }),

  codeLensProvider: (session) =>
    vscode.languages.registerCodeLensProvider(SELECTOR, {
      async provideCodeLenses(document, token) {
        const found = await session.ask('textDocument/codeLens', document, {}, token);
        return found?.map(convert.toCodeLens);
      },
    }),

  inlayHintProvider: (session) =>
    vscode.languages.registerInlayHintsProvider(SELECTOR, {
      async provideInlayHints(document, range, token) {
        const params = { range: convert.fromRange(range) };
        const found = await session.ask('textDocument/inlayHint', document, params, token);
        return found?.map(convert.toInlayHint);
      },
    }),

  documentLinkProvider: (session) =>
    vscode.languages.registerDocumentLinkProvider(SELECTOR, {
      async provideDocumentLinks(document, token) {
        const found = await session.ask('textDocument/documentLink', document, {}, token);
        return found?.map(convert.toDocumentLink);
      },
    }),

  documentSymbolProvider: (session) =>
    vscode.languages.registerDocumentSymbolProvider(SELECTOR, {
      async provideDocumentSymbols(document, token) {
        const found = await session.ask('textDocument/documentSymbol', document, {}, token);
        return found?.map(convert.toDocumentSymbol);
      },
    }),

  workspaceSymbolProvider: (session) =>
    vscode.languages.registerWorkspaceSymbolProvider({
      async provideWorkspaceSymbols(query, token) {
        const found = await session.request('workspace/symbol', { query }, token);
        return found?.map(convert.toSymbol);
      },
    }),

  executeCommandProvider: (session, { commands = [] }) =>
    vscode.Disposable.from(
      ...commands.map((command) =>
        vscode.commands.registerCommand(command, (...words) => execute(session, command, words))
      )
    ),
};

function placeOf(document, position) {
  return {
    textDocument: { uri: convert.fromURI(document.uri) },
    position: convert.fromPosition(position),
  };
}

/** Has the server do what a lens or a command asks for. It asks in turn for the document to be shown. */
async function execute(session, command, words) {
  try {
    return await session.request('workspace/executeCommand', { command, arguments: words });
  } catch (error) {
    vscode.window.showErrorMessage(`Lamina: ${error.message}`);
    return undefined;
  }
}

/** Lets the editor use what a server offers, until that is disposed of. */
function registerProviders(session) {
  const offered = Object.entries(FEATURES).filter(([name]) => session.capabilities[name]);
  return vscode.Disposable.from(
    ...offered.map(([name, register]) => register(session, session.capabilities[name]))
  );
}

module.exports = { registerProviders };
