'use strict';
const vscode = require('vscode');

// What the protocol says as the editor's own types, and back. Positions need no counting: both count UTF-16.

const toPosition = ({ line, character }) => new vscode.Position(line, character);
const toRange = ({ start, end }) => new vscode.Range(toPosition(start), toPosition(end));
const toURI = (text) => vscode.Uri.parse(text, true);
const toLocation = ({ uri, range }) => new vscode.Location(toURI(uri), toRange(range));

const fromPosition = ({ line, character }) => ({ line, character });
const fromRange = ({ start, end }) => ({ start: fromPosition(start), end: fromPosition(end) });
const fromURI = (uri) => uri.toString();

/** Text as the protocol has it in hovers and completions: plain, or Markdown, in which nothing can be run. */
function toText(content) {
  if (typeof content === 'string' || content === undefined) return content;
  if (Array.isArray(content)) return content.map(toText);
  return content.kind === 'markdown' ? new vscode.MarkdownString(content.value) : content.value;
}

const SEVERITIES = [
  vscode.DiagnosticSeverity.Error,
  vscode.DiagnosticSeverity.Warning,
  vscode.DiagnosticSeverity.Information,
  vscode.DiagnosticSeverity.Hint,
];
const TAGS = { 1: vscode.DiagnosticTag.Unnecessary, 2: vscode.DiagnosticTag.Deprecated };

function toDiagnostic(told) {
  const severity = SEVERITIES[(told.severity ?? 1) - 1];
  const diagnostic = new vscode.Diagnostic(toRange(told.range), told.message, severity);
  diagnostic.source = told.source;
  diagnostic.code = told.codeDescription
    ? { value: told.code, target: toURI(told.codeDescription.href) }
    : told.code;
  diagnostic.tags = told.tags?.map((tag) => TAGS[tag]).filter((tag) => tag !== undefined);
  diagnostic.relatedInformation = told.relatedInformation?.map(
    ({ location, message }) =>
      new vscode.DiagnosticRelatedInformation(toLocation(location), message)
  );
  return diagnostic;
}

function toHover(hover) {
  const text = toText(hover.contents);
  return new vscode.Hover(text, hover.range && toRange(hover.range));
}

function toCompletionItem(told) {
  // The editor counts kinds from 0.
  const item = new vscode.CompletionItem(told.label, told.kind && told.kind - 1);
  item.detail = told.detail;
  item.documentation = toText(told.documentation);
  item.filterText = told.filterText;
  item.sortText = told.sortText;
  if (told.textEdit) {
    item.range = toRange(told.textEdit.range);
    item.insertText = told.textEdit.newText;
    // What is replaced may be more than what the editor takes for the word, as in paths.
    item.filterText ??= told.label;
  } else {
    item.insertText = told.insertText;
  }
  return item;
}

/** A list of items, which the protocol may send bare. */
function toCompletionList(told) {
  const items = Array.isArray(told) ? told : told.items;
  return new vscode.CompletionList(items.map(toCompletionItem), told.isIncomplete === true);
}

function toWorkspaceEdit({ changes = {}, documentChanges = [] }) {
  const edit = new vscode.WorkspaceEdit();
  const all = [
    ...Object.entries(changes),
    ...documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits]),
  ];
  for (const [uri, edits] of all) {
    for (const { range, newText } of edits) edit.replace(toURI(uri), toRange(range), newText);
  }
  return edit;
}

function toCodeAction(told, near) {
  const kind = told.kind ? vscode.CodeActionKind.Empty.append(told.kind) : undefined;
  const action = new vscode.CodeAction(told.title, kind);
  // The editor knows a diagnostic again by what it was given.
  action.diagnostics = near.filter((known) =>
    told.diagnostics?.some(
      (mine) => mine.message === known.message && toRange(mine.range).isEqual(known.range)
    )
  );
  action.isPreferred = told.isPreferred;
  action.edit = told.edit && toWorkspaceEdit(told.edit);
  action.command = told.command;
  return action;
}

const toCodeLens = ({ range, command }) => new vscode.CodeLens(toRange(range), command);

function toInlayHint(told) {
  const hint = new vscode.InlayHint(toPosition(told.position), told.label);
  hint.paddingLeft = told.paddingLeft;
  hint.paddingRight = told.paddingRight;
  hint.tooltip = toText(told.tooltip);
  return hint;
}

function toDocumentLink(told) {
  const link = new vscode.DocumentLink(toRange(told.range), told.target && toURI(told.target));
  link.tooltip = told.tooltip;
  return link;
}

// The editor counts kinds from 0.
function toDocumentSymbol(told) {
  const { name, detail = '', kind, range, selectionRange, children = [] } = told;
  const symbol = new vscode.DocumentSymbol(
    name,
    detail,
    kind - 1,
    toRange(range),
    toRange(selectionRange)
  );
  symbol.children = children.map(toDocumentSymbol);
  return symbol;
}

const toSymbol = ({ name, kind, containerName = '', location }) =>
  new vscode.SymbolInformation(name, kind - 1, containerName, toLocation(location));

module.exports = {
  fromPosition,
  fromRange,
  fromURI,
  toCodeAction,
  toCodeLens,
  toCompletionList,
  toDiagnostic,
  toDocumentLink,
  toDocumentSymbol,
  toHover,
  toInlayHint,
  toLocation,
  toRange,
  toSymbol,
  toURI,
  toWorkspaceEdit,
};
