"""What must hold for what `render lint --diagnostics json` says of files."""

import json
import re

STATUSES = {0, 1, 2}
CRASH = re.compile(rb"Fatal error|Illegal instruction|Crash:|stack overflow|Sanitizer", re.I)


class Files:
    """The lines of files by their paths from a directory, each read once."""

    def __init__(self, directory):
        self.directory = directory
        self.known = {}

    def data(self, path):
        if path not in self.known:
            whole = self.directory / path
            self.known[path] = whole.read_bytes() if whole.is_file() else None
        return self.known[path]

    def line(self, path, number):
        """The text of a line, counted from 1; None where the file or the line does not exist."""
        data = self.data(path)
        if data is None:
            return None
        # As libyaml counts them: also by carriage returns that stand alone, and by Unicode's line ends.
        lines = re.split("\r\n|[\r\n\u0085\u2028\u2029]", data.decode("utf-8", "replace"))
        return lines[number - 1] if 1 <= number <= len(lines) else None


def wrong_places(finding, files):
    """Yields a message for each place of a finding that does not exist."""
    for place in [finding, *finding.get("notes", []), *finding.get("includes", [])]:
        yield from wrong_place(place, files)
    for fix in finding.get("fixes", []):
        for edit in fix["edits"]:
            data = files.data(edit["file"])
            if data is None or not 0 <= edit["start"] <= edit["end"] <= len(data):
                yield f"the fix changes bytes that are not there: {edit}"


def wrong_place(place, files):
    if "line" not in place:
        return
    name = f"{place.get('file')}:{place['line']}:{place['column']}"
    line = files.line(place["file"], place["line"])
    if line is None:
        yield f"no line {name}"
        return
    if not 1 <= place["column"] <= len(line) + 1:
        yield f"no column {name} in {line!r}"
    if "excerpt" in place and place["excerpt"].lstrip("\ufeff") != line.lstrip("\ufeff"):
        yield f"the line {name} is {line!r}, and not {place['excerpt']!r}"
    if "endLine" in place:
        last = files.line(place["file"], place["endLine"])
        if last is None or place["endLine"] < place["line"]:
            yield f"no line {place['endLine']} at the end of {name}"
        elif not 1 <= place["endColumn"] <= len(last) + 1:
            yield f"no column {place['endColumn']} at the end of {name} in {last!r}"
        elif place["endLine"] == place["line"] and place["endColumn"] < place["column"]:
            yield f"the end of {name} stands before it"


def wrong(outcome, status, directory):
    """What is wrong with a run of lint, as messages, and its findings."""
    if outcome.timed_out:
        return ["out of time"], []
    if status not in STATUSES or CRASH.search(outcome.err):
        return [f"status {status}: {outcome.err[-300:].decode('utf-8', 'replace')}"], []
    if not outcome.out and status == 2:
        # The settings, or no root at all.
        return ([] if outcome.err else ["status 2 without a word"]), []
    try:
        report = json.loads(outcome.out.decode("utf-8"))
    except ValueError as error:
        return [f"not JSON: {error}"], []
    findings = report["diagnostics"]
    severities = {finding["severity"] for finding in findings}
    messages = []
    if status == 0 and severities - {"note"}:
        messages.append(f"status 0 with {severities}")
    if status == 1 and not severities - {"note"}:
        messages.append("status 1 without a finding")
    if status == 2 and "error" not in severities:
        messages.append("status 2 without an error")
    files = Files(directory)
    for finding in findings:
        messages += [f"{text} [{finding['rule']}]" for text in wrong_places(finding, files)]
    return messages, findings
