import io
import unittest
from unittest import mock

import serve


class Threads(unittest.TestCase):
    def answers(self, action, failures):
        """What is answered where moto fails so often, as its threads do, and how often it was asked."""
        left = list(failures)
        asked = []

        def application(environ, start):
            asked.append(environ["wsgi.input"].read())
            if left:
                raise RuntimeError(left.pop())
            start("200 OK", [])
            return [b"<answer/>"]

        body = f"Action={action}&Version=2010-05-08".encode()
        status = []
        environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "PATH_INFO": "/", "REQUEST_METHOD": "POST"}
        with mock.patch.object(serve, "application", application):
            out = serve.Requests(io.StringIO())(environ, lambda line, headers: status.append(line))
        self.assertEqual({body}, set(asked))
        return status[0][:3], b"".join(out), len(asked)

    def test_a_question_that_met_anothers_writing_is_asked_again(self):
        self.assertEqual(("200", b"<answer/>", 3), self.answers("ListRolePolicies", ["dictionary changed size during iteration"] * 2))

    def test_what_changes_something_is_not(self):
        self.assertEqual(1, self.answers("CreateRole", ["dictionary changed size during iteration"])[2])

    def test_nor_a_question_that_fails_otherwise(self):
        self.assertEqual(1, self.answers("ListRolePolicies", ["something else"])[2])
