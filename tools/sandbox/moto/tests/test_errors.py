"""Each SDK reads what moto has not, in the protocol of its service."""

from tests.api import Case, client


class NotInMoto(Case):
    def said(self, service, operation):
        answer = self.refused("NotInMoto", getattr(client(service), operation))
        self.assertIn("moto has no", answer["Error"]["Message"])
        self.assertEqual(0, answer["ResponseMetadata"]["RetryAttempts"])
        return answer["ResponseMetadata"]["HTTPHeaders"]

    def test_rest_json(self):
        for service, operation in (("efs", "describe_replication_configurations"), ("backup", "list_copy_jobs")):
            headers = self.said(service, operation)
            self.assertEqual(("NotInMoto", "application/json"), (headers["x-amzn-errortype"], headers["content-type"]))

    def test_rest_xml(self):
        self.assertEqual("application/xml", self.said("cloudfront", "list_streaming_distributions")["content-type"])

    def test_query(self):
        self.assertEqual("text/xml", self.said("rds", "describe_certificates")["content-type"])
        self.assertEqual("text/xml", self.said("ec2", "describe_coip_pools")["content-type"])

    def test_json(self):
        self.assertEqual("application/x-amz-json-1.1", self.said("ecr", "list_pull_time_update_exclusions")["content-type"])
