from gaps import gap


@gap("rds", ["DescribeDBClusters", "CreateDBInstance"], "has a ScalingConfiguration where there is none; forgets Performance Insights; knows the Data API of Serverless v1 alone")
def databases():
    from moto.rds.models import DBCluster, RDSBackend

    scaling, create = DBCluster.scaling_configuration_info.fget, RDSBackend.create_db_instance
    DBCluster.scaling_configuration_info = property(lambda self: scaling(self) if self.scaling_configuration else None)

    # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
    def open_data_api(self, wanted):
        self._enable_http_endpoint = bool(wanted)

    DBCluster.enable_http_endpoint = property(lambda self: self._enable_http_endpoint, open_data_api)

    def keep(self, options):
        instance = create(self, options)
        enabled = bool(options.get("enable_performance_insights"))
        instance.performance_insights_enabled = enabled
        instance.performance_insights_retention_period = options.get("performance_insights_retention_period") or (7 if enabled else None)
        if options.get("performance_insights_kms_key_id"):
            instance.performance_insights_kms_key_id = options["performance_insights_kms_key_id"]
        return instance

    RDSBackend.create_db_instance = keep


@gap("rds", ["DeleteDBCluster"], "keeps the automated backups of the cluster, whatever DeleteAutomatedBackups says")
def deleted_clusters():
    from moto.rds.responses import RDSResponse

    delete = RDSResponse.delete_db_cluster

    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html
    def with_backups(self):
        deleted = delete(self)
        snapshots = self.backend.cluster_snapshots
        if str(self.params.get("DeleteAutomatedBackups")).lower() != "false":
            begin = f"rds:{self.params['DBClusterIdentifier']}-"
            for name in [name for name in snapshots if name.startswith(begin)]:
                del snapshots[name]
        return deleted

    RDSResponse.delete_db_cluster = with_backups
