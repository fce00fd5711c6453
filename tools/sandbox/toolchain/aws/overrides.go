package main

import "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

// What pulumi-aws changes of Terraform's schema for the types that the stacks make: names that it invents, with their limits, and properties
// that it calls otherwise or keeps as lists. Its provider/resource_overrides.go and provider/resources.go are the source of these facts.
func overrides() map[string]map[string]*tfbridge.SchemaInfo {
	invented := func(name string, longest int) *tfbridge.SchemaInfo { return tfbridge.AutoName(name, longest, "-") }
	list := func(name string) *tfbridge.SchemaInfo {
		return &tfbridge.SchemaInfo{Name: name, MaxItemsOne: tfbridge.False()}
	}
	inside := func(fields map[string]*tfbridge.SchemaInfo) *tfbridge.SchemaInfo {
		return &tfbridge.SchemaInfo{Elem: &tfbridge.SchemaInfo{Fields: fields}}
	}
	described := &tfbridge.SchemaInfo{Default: &tfbridge.DefaultInfo{Value: "Managed by Pulumi"}}
	return map[string]map[string]*tfbridge.SchemaInfo{
		"aws_cloudwatch_event_rule":   {"name": invented("name", 64)},
		"aws_cloudwatch_event_target": {"target_id": invented("targetId", 255)},
		"aws_cloudwatch_metric_alarm": {"alarm_name": invented("name", 255)},
		"aws_db_subnet_group":         {"description": described},
		"aws_dynamodb_table":          {"global_secondary_index": {Name: "globalSecondaryIndexes"}},
		"aws_ecs_service": {
			"load_balancer": list("loadBalancers"),
			"service_connect_configuration": inside(map[string]*tfbridge.SchemaInfo{
				"service": {Elem: &tfbridge.SchemaInfo{Fields: map[string]*tfbridge.SchemaInfo{"client_alias": list("clientAlias")}}},
			}),
		},
		"aws_efs_file_system":             {"creation_token": invented("creationToken", 255)},
		"aws_iam_role":                    {"name": invented("name", 64)},
		"aws_lb":                          {"name": invented("name", 32)},
		"aws_lb_target_group":             {"name": invented("name", 32)},
		"aws_rds_cluster_parameter_group": {"description": described},
		"aws_route53_record":              {"name": {Name: "name"}, "alias": list("aliases")},
		"aws_s3_bucket":                   {"bucket": invented("bucket", 63)},
		"aws_security_group":              {"description": described},
		"aws_sns_topic_subscription":      {"topic_arn": {Name: "topic"}},
	}
}

// The blocks of the provider's own configuration that pulumi-aws takes as one.
func configuration() map[string]*tfbridge.SchemaInfo {
	one := func() *tfbridge.SchemaInfo { return &tfbridge.SchemaInfo{MaxItemsOne: tfbridge.True()} }
	return map[string]*tfbridge.SchemaInfo{"default_tags": one(), "ignore_tags": one()}
}
