from gaps import gap


@gap(
    "elasticache",
    ["CreateReplicationGroup", "DeleteReplicationGroup", "DescribeCacheClusters"],
    "has no clusters for the members of a replication group, one member for any number, and a group that is deleted for ever",
)
def cache_members():
    import inspect

    from moto.elasticache.models import CacheCluster, ElastiCacheBackend

    create, describe = ElastiCacheBackend.create_replication_group, ElastiCacheBackend.describe_cache_clusters
    delete = ElastiCacheBackend.delete_replication_group
    parameters = [name for name in inspect.signature(CacheCluster.__init__).parameters if name != "self"]

    def keep(self, **given):
        replicas = given.get("replicas_per_node_group") or (given.get("num_cache_clusters") or 1) - 1
        group = create(self, **{**given, "replicas_per_node_group": replicas})
        group.fairlead_given = given
        return group

    def member(self, wanted):
        group = next((each for each in self.replication_groups.values() if wanted in (each.member_clusters or [])), None)
        if group is None:
            return None
        given = {**group.fairlead_given, "account_id": self.account_id, "region_name": self.region_name, "cache_cluster_id": wanted}
        cluster = CacheCluster(**{parameter: given.get(parameter) for parameter in parameters})
        cluster.num_cache_nodes, cluster.replication_group_id = 1, group.replication_group_id
        cluster.cache_parameter_group = {"CacheParameterGroupName": given.get("cache_parameter_group_name")}
        cluster.security_groups = [{"SecurityGroupId": each, "Status": "active"} for each in given.get("security_group_ids") or []]
        for name in ("snapshot_window", "at_rest_encryption_enabled", "transit_encryption_mode"):
            setattr(cluster, name, given.get(name))
        return cluster

    def found(self, cache_cluster_id=None):
        known = cache_cluster_id and member(self, cache_cluster_id)
        return [known] if known else describe(self, cache_cluster_id)

    def gone(self, replication_group_id, *args, **options):
        group = delete(self, replication_group_id, *args, **options)
        self.replication_groups.pop(replication_group_id, None)
        return group

    ElastiCacheBackend.create_replication_group, ElastiCacheBackend.describe_cache_clusters = keep, found
    ElastiCacheBackend.delete_replication_group = gone


@gap("elasticache", ["DeleteCacheSubnetGroup"], "not implemented")
def cache_subnet_groups():
    from moto.core.responses import ActionResult
    from moto.elasticache.responses import ElastiCacheResponse

    def delete(self):
        self.elasticache_backend.cache_subnet_groups.pop(self._get_param("CacheSubnetGroupName"), None)
        return ActionResult({})

    ElastiCacheResponse.delete_cache_subnet_group = delete
