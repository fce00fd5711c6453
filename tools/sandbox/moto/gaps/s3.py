import json

from gaps import gap


@gap("s3", ["PutBucketLogging"], "fails where a principal is a string; compares the policy's resource with the prefix as text")
def logging_policies():
    from fnmatch import fnmatchcase

    from moto.s3.models import FakeBucket

    def each(value):
        return value if isinstance(value, list) else [value]

    def permits(target_bucket, target_prefix):
        policy = json.loads(target_bucket.policy) if target_bucket.policy else {"Statement": []}
        wanted = f"arn:aws:s3:::{target_bucket.name}/{target_prefix or ''}2026"
        return any(
            statement["Effect"] == "Allow"
            and isinstance(statement.get("Principal"), dict)
            and "logging.s3.amazonaws.com" in each(statement["Principal"].get("Service"))
            and "s3:PutObject" in each(statement["Action"])
            and any(fnmatchcase(wanted, resource) for resource in each(statement["Resource"]))
            for statement in policy["Statement"]
        )

    FakeBucket._log_permissions_enabled_policy = staticmethod(permits)
