import json

from gaps import gap


@gap("elasticfilesystem", ["PutBackupPolicy", "DescribeBackupPolicy", "DeleteFileSystemPolicy"], "not implemented")
def file_system_policies():
    from moto.efs.models import EFSBackend
    from moto.efs.responses import EFSResponse

    def file_system(self):
        path = getattr(self, "path", None) or self.uri
        return self.efs_backend.file_systems_by_id[path.split("/file-systems/")[1].split("/")[0]]

    def put(self):
        backup = {"Status": self._get_param("BackupPolicy")["Status"]}
        file_system(self).fairlead_backup = backup
        return json.dumps({"BackupPolicy": backup})

    def describe(self, file_system_id):
        return getattr(self.file_systems_by_id[file_system_id], "fairlead_backup", None) or {"Status": "DISABLED"}

    def delete_policy(self):
        file_system(self).file_system_policy = None
        return "{}"

    EFSResponse.put_backup_policy, EFSBackend.describe_backup_policy = put, describe
    EFSResponse.delete_file_system_policy = delete_policy
