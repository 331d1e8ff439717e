"""Stand-ins for what the scripts of Docs/recipes talk to: the comments of GitHub's and GitLab's APIs, on
a port of this machine, and programs that note what they were asked."""

import http.server
import json
import re
import threading
import urllib.parse

# Who calls with which token. GitHub's own name for its actions is the first.
USERS = {
    "actions-token": {"id": 41, "login": "github-actions[bot]"},
    "user-token": {"id": 42, "login": "shop-bot"},
}
STRANGER = {"id": 1, "login": "stranger"}


class Forge:
    """The comments of one pull request: more than a page of other people's, of which the first pretends
    to be ours."""

    def __init__(self, marker):
        self.comments = [
            {
                "id": number,
                "author": STRANGER,
                "body": f"{marker}\nI was here" if number == 1 else "Hm.",
            }
            for number in range(1, 251)
        ]
        forge = self

        class Handler(Request):
            comments = forge.comments

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, token):
        """The comments of the user with this token."""
        return [comment for comment in self.comments if comment["author"] == USERS[token]]


class Request(http.server.BaseHTTPRequestHandler):
    comments = []

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if not self.user():
            return self.answer(401, {})
        if address.path.endswith("/user"):
            return self.answer(200, self.user())
        if not re.search(r"/(issues|merge_requests)/7/(comments|notes)$", address.path):
            return self.answer(404, {})
        query = dict(urllib.parse.parse_qsl(address.query))
        size = min(int(query.get("per_page", 30)), 100)
        start = (int(query.get("page", 1)) - 1) * size
        self.answer(200, [self.shown(comment) for comment in self.comments[start : start + size]])

    def do_POST(self):
        if not self.user():
            return self.answer(401, {})
        if not re.search(r"/(issues|merge_requests)/7/(comments|notes)$", self.path):
            return self.answer(404, {})
        comment = {"id": 1000 + len(self.comments), "author": self.user(), "body": self.body()}
        self.comments.append(comment)
        self.answer(201, self.shown(comment))

    def change(self):
        number = re.search(r"/(?:issues/comments|merge_requests/7/notes)/(\d+)$", self.path)
        comment = next((c for c in self.comments if number and c["id"] == int(number[1])), None)
        if not comment:
            return self.answer(404, {})
        if comment["author"] != self.user():
            return self.answer(403, {})
        comment["body"] = self.body()
        self.answer(200, self.shown(comment))

    # GitHub changes a comment with PATCH, GitLab with PUT.
    do_PATCH = do_PUT = change

    def user(self):
        token = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization", "")[7:]
        return USERS.get(token)

    def body(self):
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        body = json.loads(sent) if sent.startswith("{") else dict(urllib.parse.parse_qsl(sent))
        return body["body"]

    def shown(self, comment):
        # GitHub says "user" and GitLab "author".
        return {
            "id": comment["id"],
            "body": comment["body"],
            "user": comment["author"],
            "author": comment["author"],
            "system": False,
        }

    def answer(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        pass
