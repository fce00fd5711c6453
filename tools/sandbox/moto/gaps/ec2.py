from gaps import gap


@gap("ec2", ["DescribeSecurityGroupRules"], "forgets the description of a rule that refers to a group or a prefix list")
def rule_descriptions():
    from moto.ec2.models.security_groups import SecurityGroupRule

    make = SecurityGroupRule.__init__

    def keep(self, *args, **options):
        make(self, *args, **options)
        prefix_list = options.get("prefix_list_id") or next((each for each in args if isinstance(each, dict) and "PrefixListId" in each), {})
        self.fairlead_description = prefix_list.get("Description")

    def description(self):
        parts = [part.get("Description") for part in (self.ip_range, self.source_group) if part]
        return next((each for each in [*parts, self.fairlead_description] if each), None)

    SecurityGroupRule.__init__, SecurityGroupRule.description = keep, property(description)
