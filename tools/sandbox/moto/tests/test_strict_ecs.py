"""What ECS refuses of services and jobs."""

from tests.api import ADOPTED, Case, awsvpc, client, subnets, task_definition

NOWHERE = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-00000000000000000"


class Services(Case):
    @classmethod
    def setUpClass(cls):
        cls.ecs = client("ecs")
        cls.ecs.create_cluster(clusterName="services", capacityProviders=["FARGATE"])
        cls.definition = task_definition("services")

    def create(self, name, **options):
        arguments = {"serviceName": name, "desiredCount": 1, "taskDefinition": self.definition, "networkConfiguration": awsvpc(subnets("a"))}
        return self.ecs.create_service(cluster="services", **arguments, **options)

    def test_a_target_group_that_no_listener_uses(self):
        elb = client("elbv2")
        group = elb.create_target_group(Name="unused", Protocol="HTTP", Port=80, VpcId=ADOPTED, TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
        load_balancers = [{"targetGroupArn": group, "containerName": "api", "containerPort": 80}]
        self.refused("InvalidParameterException", self.create, name="routed", loadBalancers=load_balancers)
        balancer = elb.create_load_balancer(Name="routed", Subnets=[subnets("a")[0], subnets("b")[0]])["LoadBalancers"][0]["LoadBalancerArn"]
        listener = elb.create_listener(
            LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
        )["Listeners"][0]["ListenerArn"]
        self.refused("InvalidParameterException", self.create, name="routed", loadBalancers=load_balancers)
        condition = {"Field": "path-pattern", "Values": ["/api"]}
        elb.create_rule(ListenerArn=listener, Priority=1, Conditions=[condition], Actions=[{"Type": "forward", "TargetGroupArn": group}])
        self.create("routed", loadBalancers=load_balancers)

    def test_a_capacity_provider_that_is_not_the_clusters(self):
        def strategy(provider):
            return [{"capacityProvider": provider, "weight": 1}]

        self.refused("InvalidParameterException", self.create, name="capacity", capacityProviderStrategy=strategy("FARGATE_SPOT"))
        self.create("capacity", capacityProviderStrategy=strategy("FARGATE"))

    def test_a_service_registry_that_is_not_there(self):
        discovery = client("servicediscovery")
        discovery.create_private_dns_namespace(Name="registry.internal", Vpc=ADOPTED)
        namespace = next(each["Id"] for each in discovery.list_namespaces()["Namespaces"] if each["Name"] == "registry.internal")
        registry = discovery.create_service(Name="api", NamespaceId=namespace, DnsConfig={"DnsRecords": [{"Type": "A", "TTL": 10}]})["Service"]["Arn"]
        self.refused("InvalidParameterException", self.create, name="registered", serviceRegistries=[{"registryArn": NOWHERE}])
        self.create("registered", serviceRegistries=[{"registryArn": registry}])

    def test_a_namespace_that_is_not_there(self):
        def connected(namespace, enabled=True):
            return {"enabled": enabled, "namespace": namespace}

        self.refused("NamespaceNotFoundException", self.create, name="connected", serviceConnectConfiguration=connected("connect"))
        client("servicediscovery").create_http_namespace(Name="connect")
        self.create("connected", serviceConnectConfiguration=connected("connect"))
        self.create("unconnected", serviceConnectConfiguration=connected("nowhere", enabled=False))


class Jobs(Case):
    @classmethod
    def setUpClass(cls):
        cls.ecs = client("ecs")
        cls.ecs.create_cluster(clusterName="jobs", capacityProviders=["FARGATE"])
        cls.definition = task_definition("jobs")
        cls.network = awsvpc(subnets("a"))

    def run_task(self, cluster="jobs", **options):
        return self.ecs.run_task(cluster=cluster, **{"taskDefinition": self.definition, "networkConfiguration": self.network, **options})

    def test_one_that_lacks_nothing_is_run(self):
        self.run_task(capacityProviderStrategy=[{"capacityProvider": "FARGATE"}])

    def test_a_cluster_that_is_not_there_or_deleted(self):
        self.refused("ClusterNotFoundException", self.run_task, cluster="nowhere")
        self.ecs.create_cluster(clusterName="deleted")
        self.ecs.delete_cluster(cluster="deleted")
        self.refused("ClusterNotFoundException", self.run_task, cluster="deleted")

    def test_a_task_definition_that_is_not_there(self):
        self.refused("ClientException", self.run_task, taskDefinition="nothing:1")

    def test_a_capacity_provider_that_is_not_the_clusters(self):
        self.refused("InvalidParameterException", self.run_task, capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT"}])

    def test_a_network_that_is_not_there(self):
        self.refused("InvalidParameterException", self.run_task, networkConfiguration={})
        self.refused("InvalidParameterException", self.run_task, networkConfiguration=awsvpc(["subnet-0a1b2c3d"]))
        self.refused("InvalidParameterException", self.run_task, networkConfiguration=awsvpc(subnets("a"), ["sg-0a1b2c3d"]))
