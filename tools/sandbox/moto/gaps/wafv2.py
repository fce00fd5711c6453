import json

from gaps import gap


@gap("wafv2", ["CreateWebACL", "UpdateWebACL", "GetWebACL"], "forgets data protection")
def data_protection():
    from moto.wafv2.models import FakeWebACL
    from moto.wafv2.responses import WAFV2Response

    create, update, shown = WAFV2Response.create_web_acl, WAFV2Response.update_web_acl, FakeWebACL.to_dict

    def keep(self, answer):
        given = json.loads(self.body)
        for acl in self.wafv2_backend.wacls.values():
            if acl.name == given["Name"]:
                acl.fairlead_data_protection = given.get("DataProtectionConfig")
        return answer

    WAFV2Response.create_web_acl = lambda self: keep(self, create(self))
    WAFV2Response.update_web_acl = lambda self: keep(self, update(self))
    FakeWebACL.to_dict = lambda self: {**shown(self), "DataProtectionConfig": getattr(self, "fairlead_data_protection", None)}
