/** Types that no import of Terraform's is for, and what to do instead. */
export const withoutImport: Readonly<Record<string, string>> = {
  "aws:acm/certificateValidation:CertificateValidation":
    "aws_acm_certificate_validation has no import, and is nothing at AWS: it waits until a certificate is issued, which this one is. Leave it out.",
  "aws:appautoscaling/scheduledAction:ScheduledAction":
    "aws_appautoscaling_scheduled_action has no import. Write it by hand; the first apply puts the same action in the place of the one that is there.",
  "aws:ec2/securityGroupRule:SecurityGroupRule":
    "aws_security_group_rule is superseded. Import the rule as aws_vpc_security_group_ingress_rule or …_egress_rule: `aws ec2 describe-security-group-rules` has its id, sgr-….",
  "aws:secretsmanager/secretVersion:SecretVersion":
    "aws_secretsmanager_secret_version would have the secret's value in Terraform's files and state. Leave it out: the value stays in Secrets Manager.",
  "docker-build:index:Image": "An image in a repository, which stays there. Build the next one with `docker buildx build --push`.",
  "pulumi-nodejs:dynamic:Resource": "A job that `pulumi up` ran. `npx fairlead export task-definition` has it as run-task.json.",
  "pulumi-nodejs:dynamic/fairlead:DatabaseRole":
    "A role in the database, with its login in Secrets Manager. It stays; Terraform's provider postgresql can import it as postgresql_role.",
  "pulumi-nodejs:dynamic/fairlead:GeneratedValue": "A random value in a secret. It stays in Secrets Manager.",
  "pulumi-nodejs:dynamic/fairlead:LogRetention":
    "How long a log group is kept that AWS made by itself. Import that group as aws_cloudwatch_log_group, by its name, to keep hold of it.",
  "pulumi-nodejs:dynamic/fairlead:SecretVersions": "Values of secrets that were made by `pulumi up`. They stay in Secrets Manager.",
};

/** What `pulumi up` does beside AWS's own resources: Fairlead's, of which nothing is left at AWS. */
export const stepOfUp = "A step of `pulumi up`: nothing at AWS that Terraform could have.";
