"""What RDS, S3, CloudFront and ECR refuse."""

import json

from tests.api import Case, client, role

LOGIN = {"MasterUsername": "postgres", "MasterUserPassword": "only-for-the-test"}
ENGINE = {"Engine": "aurora-postgresql", "EngineVersion": "16.6"}


class Databases(Case):
    def test_enhanced_monitoring_by_a_role_that_may_not(self):
        rds, iam = client("rds"), client("iam")
        rds.create_db_cluster(DBClusterIdentifier="monitored", **ENGINE, **LOGIN)

        def instance(name, **options):
            instance_class = {"DBInstanceClass": "db.t4g.medium", "Engine": "aurora-postgresql"}
            rds.create_db_instance(DBInstanceIdentifier=name, DBClusterIdentifier="monitored", **instance_class, **options)

        without = iam.create_role(RoleName="without-policy", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        self.refused("InvalidParameterValue", instance, name="one", MonitoringInterval=60, MonitoringRoleArn=f"{without}-nobody")
        self.refused("InvalidParameterValue", instance, name="one", MonitoringInterval=60, MonitoringRoleArn=without)
        instance("one", MonitoringInterval=60, MonitoringRoleArn=role("monitoring"))
        instance("two")

    def test_another_major_version_that_is_not_allowed(self):
        rds = client("rds")
        rds.create_db_cluster(DBClusterIdentifier="major", **ENGINE, **LOGIN)
        change = {"DBClusterIdentifier": "major", "EngineVersion": "17.4", "ApplyImmediately": True}
        self.refused("InvalidParameterCombination", rds.modify_db_cluster, **change)
        rds.modify_db_cluster(DBClusterIdentifier="major", EngineVersion="16.8", ApplyImmediately=True)
        rds.modify_db_cluster(**change, AllowMajorVersionUpgrade=True)


class Buckets(Case):
    def test_logs_to_a_bucket_without_a_policy(self):
        s3 = client("s3")
        for bucket in ("logged", "logs"):
            s3.create_bucket(Bucket=bucket)
        status = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "logged/"}}
        self.refused("InvalidTargetBucketForLogging", s3.put_bucket_logging, Bucket="logged", BucketLoggingStatus=status)

        def permit(resource):
            principal = {"Service": "logging.s3.amazonaws.com"}
            statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:PutObject", "Resource": resource}
            insecure = {"Bool": {"aws:SecureTransport": "false"}}
            denial = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObjectAcl", "Resource": "arn:aws:s3:::logs/*", "Condition": insecure}
            s3.put_bucket_policy(Bucket="logs", Policy=json.dumps({"Version": "2012-10-17", "Statement": [denial, statement]}))

        permit("arn:aws:s3:::logs/other/*")
        self.refused("InvalidTargetBucketForLogging", s3.put_bucket_logging, Bucket="logged", BucketLoggingStatus=status)
        for resource in ("arn:aws:s3:::logs/*", "arn:aws:s3:::logs/logged/*", "arn:aws:s3:::logs/log*"):
            permit(resource)
            s3.put_bucket_logging(Bucket="logged", BucketLoggingStatus=status)
        # What is asked of the one is a log in the other, and AWS keeps a bucket that is not empty.
        s3.list_objects_v2(Bucket="logged")
        self.refused("BucketNotEmpty", s3.delete_bucket, Bucket="logs")
        for item in s3.list_objects_v2(Bucket="logs")["Contents"]:
            s3.delete_object(Bucket="logs", Key=item["Key"])
        s3.delete_bucket(Bucket="logs")


class Distributions(Case):
    def create(self, reference, logging):
        origin = {"Id": "one", "DomainName": "one.example.com", "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}
        behavior = {"TargetOriginId": "one", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}
        config = {
            "CallerReference": reference,
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behavior,
            "Logging": {"IncludeCookies": False, "Prefix": "", **logging},
        }
        client("cloudfront").create_distribution_with_tags(DistributionConfigWithTags={"DistributionConfig": config, "Tags": {"Items": []}})

    def test_logs_to_a_bucket_without_access_control_lists(self):
        s3, bucket = client("s3"), "distribution-logs"
        s3.create_bucket(Bucket=bucket)
        logging = {"Enabled": True, "Bucket": f"{bucket}.s3.amazonaws.com"}

        def owned_by(ownership):
            s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": ownership}]})

        self.refused("InvalidArgument", self.create, reference="default", logging=logging)
        owned_by("BucketOwnerEnforced")
        self.refused("InvalidArgument", self.create, reference="enforced", logging=logging)
        owned_by("BucketOwnerPreferred")
        self.create("preferred", logging)
        self.create("unlogged", {"Enabled": False, "Bucket": ""})


class Repositories(Case):
    def test_a_name_that_is_taken(self):
        ecr = client("ecr")
        ecr.create_repository(repositoryName="taken")
        self.refused("RepositoryAlreadyExistsException", ecr.create_repository, repositoryName="taken")
        ecr.create_repository(repositoryName="free")
