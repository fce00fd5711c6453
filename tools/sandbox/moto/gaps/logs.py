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
