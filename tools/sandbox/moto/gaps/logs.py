from gaps import gap


@gap("logs", ["AssociateKmsKey", "DisassociateKmsKey"], "not implemented")
def log_group_keys():
    from moto.logs.responses import LogsResponse

    def associate(self):
        self.logs_backend.groups[self._get_param("logGroupName")].kms_key_id = self._get_param("kmsKeyId")
        return "{}"

    def disassociate(self):
        self.logs_backend.groups[self._get_param("logGroupName")].kms_key_id = None
        return "{}"

    LogsResponse.associate_kms_key, LogsResponse.disassociate_kms_key = associate, disassociate


@gap("logs", ["DeleteLogGroup"], "keeps the tags of a log group that is deleted, for the next of its name")
def log_group_tags():
    from moto.logs.models import LogsBackend

    delete = LogsBackend.delete_log_group

    def with_tags(self, log_group_name):
        group = self.groups.get(log_group_name)
        delete(self, log_group_name)
        self.tagger.delete_all_tags_for_resource(group.arn)

    LogsBackend.delete_log_group = with_tags
